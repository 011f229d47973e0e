import { expect, test } from "vitest";
import { lowestVersion } from "./tls-policies.ts";

test("every policy is told by the lowest version that it accepts, and one that nobody has met by none", () => {
  expect(lowestVersion("ELBSecurityPolicy-TLS13-1-3-2021-06")).toBe("1.3");
  expect(lowestVersion("ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09")).toBe("1.2");
  expect(lowestVersion("ELBSecurityPolicy-FS-1-1-2019-08")).toBe("1.1");
  // The trap: it stands for no version, and accepts TLS 1.0.
  expect(lowestVersion("ELBSecurityPolicy-2016-08")).toBe("1.0");
  expect(lowestVersion("ELBSecurityPolicy-TLS13-1-2-2099-01")).toBeNull();
});
