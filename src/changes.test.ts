import { expect, test } from "vitest";
import { check, finding, reportOf } from "../test/cli/reports.ts";
import { fc, property } from "../test/property.ts";
import { changesBetween, isReweighed, isReworded, sinceOf } from "./changes.ts";
import type { Report, ReportedFinding } from "./report.ts";

const because = { kind: "denied", action: "ecs:DescribeTasks", why: "not authorized" } as const;
const waiver = { reason: "so", owner: "me", expires: "2026-12-31" };

/** Reports about the same few subjects: each asks some of the checks about some of them. */
const status = fc.constantFrom<ReportedFinding["status"]>("pass", "fail", "pending", "unknown", "skip");
const one = fc.record({ subject: fc.constantFrom("service:a", "service:b", "secret:c"), status, waived: fc.boolean() });
const some = fc.record({
  id: fc.constantFrom("secret-exists", "service-steady", "tasks-fresh"),
  findings: fc.uniqueArray(one, { selector: ({ subject }) => subject }),
});
const report = fc.uniqueArray(some, { selector: ({ id }) => id }).map((checks) =>
  reportOf(
    checks.map(({ id, findings }, n) =>
      check(
        n,
        id,
        findings.map(({ subject, status, waived }) =>
          finding(id, subject, {
            ...{ status, because: status === "unknown" ? because : null },
            waiver: waived && (status === "fail" || status === "unknown") ? waiver : null,
          }),
        ),
      ),
    ),
  ),
);

const ids = (changes: readonly { id: string }[]) => changes.map(({ id }) => id);
const of = (report: Report, ...statuses: string[]) =>
  report.checks.flatMap(({ findings }) => findings.filter(({ status }) => statuses.includes(status)).map(({ id }) => id));

property.prop([report])("a report differs in nothing from itself", (same) => {
  const { stillFailing, ...others } = changesBetween(same, same);
  expect(ids(stillFailing)).toEqual(of(same, "fail"));
  expect(Object.values(others).flat()).toEqual([]);
});

property.prop([report, report])("every failure now is either new or still failing, and nothing else is", (before, after) => {
  const { new: fresh, stillFailing } = changesBetween(before, after);
  expect([...ids(fresh), ...ids(stillFailing)].sort()).toEqual(of(after, "fail").sort());
});

property.prop([report, report])(
  "every failure then is fixed, still failing, flipped or no longer asked, and one of them only",
  (before, after) => {
    const { fixed, stillFailing, flipped, noLongerAsked } = changesBetween(before, after);
    const failed = of(before, "fail");
    const gone = [...fixed, ...stillFailing, ...flipped, ...noLongerAsked].map(({ id }) => id).filter((id) => failed.includes(id));
    expect(gone.sort()).toEqual(failed.sort());
  },
);

property.prop([report, report])(
  "the other way round, what was answered both times swaps new and fixed, and the flipped stay",
  (before, after) => {
    const [there, back] = [changesBetween(before, after), changesBetween(after, before)];
    const answered = (changes: typeof there.new) =>
      changes.filter(({ before, after }) => before?.status === "pass" || after?.status === "pass");
    expect(ids(answered(back.new)).sort()).toEqual(ids(there.fixed).sort());
    expect(ids(back.fixed).sort()).toEqual(ids(answered(there.new)).sort());
    expect(ids(back.flipped).sort()).toEqual(ids(there.flipped).sort());
  },
);

property.prop([report, report])("what is not known now is never fixed", (before, after) => {
  const open = of(after, "unknown", "pending", "skip");
  expect(ids(changesBetween(before, after).fixed).filter((id) => open.includes(id) || !of(after, "pass").includes(id))).toEqual([]);
});

const with_ = (...findings: ReportedFinding[]) => reportOf([check(520, "service-steady", findings)]);
const steady = (rest: Partial<ReportedFinding>) => finding("service-steady", "service:a", rest);

test("what could not be asked then and fails now is new, and has flipped", () => {
  const changes = changesBetween(with_(steady({ status: "unknown", because })), with_(steady({ status: "fail" })));
  expect([ids(changes.new), ids(changes.flipped)]).toEqual([["service-steady/service:a"], ["service-steady/service:a"]]);
});

test("a waiver in between makes nothing fixed, and its end nothing new", () => {
  const [failing, waived] = [with_(steady({ status: "fail" })), with_(steady({ status: "fail", waiver }))];
  for (const changes of [changesBetween(failing, waived), changesBetween(waived, failing)]) {
    expect(ids(changes.stillFailing)).toEqual(["service-steady/service:a"]);
    expect(changes.stillFailing.map(isReweighed)).toEqual([true]);
    expect([...changes.new, ...changes.fixed]).toEqual([]);
  }
});

test("other words or another cause for the same failure are told from the same", () => {
  const was = with_(steady({ status: "fail", says: "runs 0 of 2 tasks" }));
  const is = with_(steady({ status: "fail", says: "runs 0 of 2 tasks", cause: "container-oom" }));
  expect(changesBetween(was, is).stillFailing.map(isReworded)).toEqual([true]);
  expect(changesBetween(was, was).stillFailing.map(isReworded)).toEqual([false]);
});

test("tasks come and go: one that passed and is gone is no news, one that failed is no longer asked, and so is a check that was left out", () => {
  const tasks = (...findings: ReportedFinding[]) => check(550, "tasks-fresh", findings);
  const [old, dead] = [finding("tasks-fresh", "task:1"), finding("tasks-fresh", "task:2", { status: "fail" })];
  const before = reportOf([tasks(old, dead), check(210, "secret-exists", [finding("secret-exists", "secret:c")])]);
  const after = reportOf([tasks(finding("tasks-fresh", "task:3"))], { notAsked: ["secret-exists"] });
  const { noLongerAsked, ...others } = changesBetween(before, after);
  expect(ids(noLongerAsked)).toEqual(["tasks-fresh/task:2", "secret-exists/secret:c"]);
  expect(Object.values(others).flat()).toEqual([]);
});

test("what a report states is the ids, and when, of what and from which commit", () => {
  const earlier = reportOf([], { verdict: "GO", origin: { by: null, commit: "3f4021a", url: null, configuration: null } });
  expect(sinceOf(earlier, with_(steady({ status: "fail" })))).toEqual({
    ...{ at: earlier.startedAt, verdict: "GO", commit: "3f4021a", new: ["service-steady/service:a"] },
    ...{ fixed: [], stillFailing: [], flipped: [], noLongerAsked: [] },
  });
});
