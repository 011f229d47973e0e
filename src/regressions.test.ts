import { describe, expect, test } from "vitest";
import { check, finding, reportOf } from "../test/cli/reports.ts";
import { fc, property } from "../test/property.ts";
import { regressionsIn } from "./regressions.ts";
import type { ReportedCheck, ReportedFinding } from "./report.ts";
import { verdictOf } from "./verdict.ts";

const denied = { kind: "denied", action: "ecs:DescribeServices", why: "not authorized" } as const;
const waiver = { reason: "so", owner: "me", expires: "2026-12-31" };
const id = "service-steady/service:a";

/** A run that asked one thing, besides whose account it is. */
const run = (rest: Partial<ReportedFinding>, severity: ReportedCheck["severity"] = "blocker") =>
  reportOf([
    check(110, "account-expected", [finding("account-expected", "caller:caller")]),
    check(520, "service-steady", [finding("service-steady", "service:a", rest)], { severity }),
  ]);
const fail = { status: "fail" } as const;
const unknown = { status: "unknown", because: denied } as const;

test.for<[string, Partial<ReportedFinding> | undefined, Partial<ReportedFinding>, number]>([
  ["a failure that was there before is let through", fail, fail, 0],
  ["a failure that was not there before is not", {}, fail, 3],
  ["without an earlier run everything is new", undefined, fail, 3],
  ["a failure that could not be seen before is new", unknown, fail, 3],
  ["a failure that was accepted until now is new", { ...fail, waiver }, fail, 3],
  ["what passed, and cannot be seen now, may be a regression", {}, unknown, 5],
  ["what failed, and cannot be seen now, is none", fail, unknown, 0],
  ["what could not be seen before either, for the same reason, is none", unknown, unknown, 0],
  ["what cannot be seen for another reason may be one", unknown, { ...unknown, because: { ...denied, kind: "throttled" } }, 5],
  [
    "what cannot be seen for want of another action may be one",
    unknown,
    { ...unknown, because: { ...denied, action: "ecs:ListTasks" } },
    5,
  ],
  ["what was moving, and moves still, is none", { status: "pending" }, { status: "pending" }, 0],
  ["what could not be seen, and moves, may be one", unknown, { status: "pending" }, 5],
  ["a GO is a GO", fail, {}, 0],
])("%s", ([, before, after, exitCode]) => {
  const gated = regressionsIn(run(after), before && run(before));
  expect(gated.exitCode).toBe(exitCode);
  expect(gated.regressions).toEqual(exitCode === 0 ? [] : [id]);
});

test("a failure that weighed less before is new where it blocks", () => {
  expect(regressionsIn(run(fail), run(fail, "warning"))).toMatchObject({ exitCode: 3, regressions: [id] });
});

test("under --strict what is let through weighs as a warning", () => {
  expect(regressionsIn(run(fail), run(fail), { strict: true })).toEqual({ exitCode: 4, regressions: [], known: [id] });
});

describe("ignorance is never green", () => {
  const nobody = reportOf([check(110, "account-expected", [finding("account-expected", "caller:caller", fail)])]);

  test("the same wrong account twice: nothing passed that a green could rest on", () => {
    expect(regressionsIn(nobody, nobody).exitCode).toBe(5);
  });

  const status = fc.constantFrom<ReportedFinding["status"]>("pass", "fail", "pending", "unknown", "skip");
  const report = fc
    .array(fc.tuple(status, fc.constantFrom<ReportedCheck["severity"]>("blocker", "warning")), { maxLength: 4 })
    .map((all) =>
      reportOf(all.map(([status, severity], n) => check(n, `c${n}`, [finding(`c${n}`, "service:a", { status })], { severity }))),
    );

  property.prop([report, report])("a run is let through only without a regression, and with a blocker that passed", (after, before) => {
    const { exitCode, regressions } = regressionsIn(after, before);
    const passed = after.checks.some(({ severity, status }) => severity === "blocker" && status === "pass");
    expect(exitCode === 0).toBe(regressions.length === 0 && passed);
  });

  property.prop([report])("compared with nothing it ends as it would without", (after) => {
    const weighed = after.checks.flatMap(({ severity, findings }) => findings.map(({ status }) => ({ severity, status, waived: false })));
    expect(regressionsIn(after, undefined).exitCode).toBe(verdictOf(weighed).exitCode);
  });
});
