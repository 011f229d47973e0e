import { expect, test } from "vitest";
import { check as asked, finding as found } from "../test/cli/reports.ts";
import { matches, waiverOf, waiversOf } from "./waivers.ts";

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

const cpu = found("alarm-notifies", "alarm:cpu", { status: "fail" });
const evictions = (status: "pass" | "fail" | "unknown" | "skip" | "pending") => found("alarm-notifies", "alarm:evictions", { status });
const stateOf = (findings: ReturnType<typeof found>[], now = day("2026-06-01"), rest = {}) =>
  waiversOf([{ ...waiver, ...rest }], [asked(850, "alarm-notifies", findings)], now).map(({ state }) => state);

test("what became of a waiver: used, and by which findings", () => {
  const told = waiversOf([waiver], [asked(850, "alarm-notifies", [cpu, evictions("fail")])], day("2026-06-01"));
  expect(told).toEqual([{ ...waiver, glob: false, unknown: false, state: "used", findings: ["alarm-notifies/alarm:evictions"] }]);
});

test("one that accepts nothing is unused only where that is known: its subject passed, or is not there", () => {
  expect(stateOf([cpu, evictions("pass")])).toEqual(["unused"]);
  expect(stateOf([cpu])).toEqual(["unused"]);
  expect(stateOf([cpu, evictions("skip")])).toEqual(["unasked"]);
  expect(stateOf([cpu, evictions("pending")])).toEqual(["unasked"]);
  expect(stateOf([cpu, evictions("unknown")])).toEqual(["unasked"]);
  expect(stateOf([found("alarm-notifies", "alarms:none", { status: "skip" })])).toEqual(["unasked"]);
  expect(waiversOf([waiver], [], day("2026-06-01"))).toMatchObject([{ state: "unasked", findings: [] }]);
});

test("one that covers not knowing is used by what is not known", () => {
  expect(stateOf([evictions("unknown")], day("2026-06-01"), { unknown: true })).toEqual(["used"]);
});

test("it expires within seven days, then on its last day still, and then no longer counts", () => {
  const failing = [evictions("fail")];
  expect(stateOf(failing, new Date("2026-12-24T23:59:59Z"))).toEqual(["used"]);
  expect(stateOf(failing, new Date("2026-12-25T00:00:00Z"))).toEqual(["expiring"]);
  expect(stateOf(failing, new Date("2026-12-31T23:59:59Z"))).toEqual(["expiring"]);
  expect(stateOf(failing, new Date("2027-01-01T00:00:00Z"))).toEqual(["expired"]);
  expect(stateOf([evictions("pass")], new Date("2026-12-30T00:00:00Z"))).toEqual(["unused"]);
});

test.each([
  ["*/app:1.*", "1.dkr.ecr.eu-west-1.amazonaws.com/app:1.2", true],
  ["*/app:1.*", "1.dkr.ecr.eu-west-1.amazonaws.com/app:12", false],
  ["a.b", "aXb", false],
  ["*", "", true],
])("%s matches %s: %s", (pattern, text, expected) => {
  expect(matches(pattern, text)).toBe(expected);
});
