import { expect, test } from "vitest";
import { cacheStatuses, databaseStatuses, meaningOf, worstOf } from "./store-status.ts";

test.each([
  ["available", "serving"],
  ["backing-up", "serving"],
  ["storage-optimization", "serving"],
  ["configuring-enhanced-monitoring", "serving"],
  ["starting", "coming"],
  ["rebooting", "coming"],
  ["stopping", "stopped"],
  ["storage-full", "broken"],
  ["incompatible-option-group", "broken"],
  ["inaccessible-encryption-credentials-recoverable", "broken"],
])("a database that is %s is %s", (status, condition) => {
  expect(meaningOf(status, databaseStatuses)).toBe(condition);
});

test.each([
  ["available", "serving"],
  ["AVAILABLE", "serving"],
  ["snapshotting", "serving"],
  ["creating", "coming"],
  ["rebooting cluster nodes", "coming"],
  ["CREATE-FAILED", "broken"],
  ["incompatible-network", "broken"],
])("a cache that is %s is %s", (status, condition) => {
  expect(meaningOf(status, cacheStatuses)).toBe(condition);
});

test("what nobody has met has no meaning, nor has nothing", () => {
  for (const status of ["recalibrating", "", "available-soon", undefined]) {
    expect(() => meaningOf(status, databaseStatuses)).toThrow(/AWS s/);
    expect(() => meaningOf(status, cacheStatuses)).toThrow(/AWS s/);
  }
});

test("the worst of several decides, and nothing at all serves nobody", () => {
  expect(worstOf(["serving", "coming"])).toBe("coming");
  expect(worstOf(["broken", "coming", "serving"])).toBe("broken");
  expect(worstOf([])).toBe("broken");
});
