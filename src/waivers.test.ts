import { expect, test } from "vitest";
import { matches, waiverOf } from "./waivers.ts";

const waiver = { check: "alarm-notifies", subject: "alarm:evictions", reason: "resizing", owner: "platform", expires: "2026-12-31" };
const finding = { check: "alarm-notifies", subject: "alarm:evictions", status: "fail" } as const;
const day = (text: string) => new Date(`${text}T23:59:59Z`);
const accepted = { reason: "resizing", owner: "platform", expires: "2026-12-31" };

test("accepts exactly the failure that it names, to the end of its last day", () => {
  expect(waiverOf(finding, [waiver], day("2026-12-31"))).toEqual(accepted);
  expect(waiverOf(finding, [waiver], day("2027-01-01"))).toBeNull();
  expect(waiverOf({ ...finding, subject: "alarm:evictions-2" }, [waiver], day("2026-01-01"))).toBeNull();
  expect(waiverOf({ ...finding, check: "alarm-exists" }, [waiver], day("2026-01-01"))).toBeNull();
});

test("covers not knowing only where it says so, and nothing else ever", () => {
  const now = day("2026-01-01");
  expect(waiverOf({ ...finding, status: "unknown" }, [waiver], now)).toBeNull();
  expect(waiverOf({ ...finding, status: "unknown" }, [{ ...waiver, unknown: true }], now)).toEqual(accepted);
  for (const status of ["pass", "pending", "skip"] as const)
    expect(waiverOf({ ...finding, status }, [{ ...waiver, unknown: true }], now)).toBeNull();
});

test("a star is a star, unless it is said to be a pattern", () => {
  const now = day("2026-01-01");
  expect(waiverOf(finding, [{ ...waiver, subject: "alarm:*" }], now)).toBeNull();
  expect(waiverOf(finding, [{ ...waiver, subject: "alarm:*", glob: true }], now)).toEqual(accepted);
});

test.each([
  ["*/app:1.*", "1.dkr.ecr.eu-west-1.amazonaws.com/app:1.2", true],
  ["*/app:1.*", "1.dkr.ecr.eu-west-1.amazonaws.com/app:12", false],
  ["a.b", "aXb", false],
  ["*", "", true],
])("%s matches %s: %s", (pattern, text, expected) => {
  expect(matches(pattern, text)).toBe(expected);
});
