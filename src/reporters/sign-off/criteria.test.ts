import { expect, test } from "vitest";
import { check, finding, reportOf, snapshotOf } from "../../../test/cli/reports.ts";
import { complete, type Stated } from "../../config.ts";
import type { Report } from "../../report.ts";
import { criteriaOf } from "./criteria.ts";
import { standOf } from "./readings.ts";

type Finding = Parameters<typeof finding>[2];
type Word = Report["attestations"][number];

const word = (state: Word["state"]): Word => ({
  ...{ title: "migrated", by: "dev@example.org", on: "2026-01-18", expires: "2026-12-31", evidence: null, state },
});
const waiver = { reason: "Agreed.", owner: "platform@example.org", expires: "2026-12-31" };
const resting = { status: "skip", says: "is at rest: it wants no task" } as const;

/** How far one criterion is met that rests on `steady`, `alarms`, or on an attestation. */
function met(findings: readonly Finding[], { words = [], config = {} }: { words?: readonly Word[]; config?: Partial<Stated> } = {}) {
  const own = findings.map((one, n) => finding("steady", `service:s${n}`, one));
  const report = reportOf(own.length > 0 ? [check(520, "steady", own)] : [], { attestations: [...words] });
  const criterion = { title: "It runs", checks: findings.length > 0 ? ["steady"] : [], attestations: words.map(({ title }) => title) };
  const stated = complete({ deployment: "shop", cluster: "shop", services: {}, ...config, signOff: { criteria: [criterion] } });
  return criteriaOf(standOf(report, { ...snapshotOf(report), config: stated }))[0];
}

test("is complete where everything that it names was shown", () => {
  expect(met([{}, {}], { words: [word("current")] })).toMatchObject({
    met: "complete",
    by: ["steady passes for 2 of 2", "“migrated” is attested by dev@example.org on 2026-01-18, until 2026-12-31"],
  });
});

test("is partial where some of it was shown, and pending where nothing was", () => {
  expect(met([{}, { status: "fail", says: "runs 0 of 2 tasks" }])?.met).toBe("partial");
  expect(met([{ status: "fail", says: "runs 0 of 2 tasks" }])).toMatchObject({ met: "pending", by: ["steady fails: runs 0 of 2 tasks"] });
  expect(met([{ status: "pending" }])?.met).toBe("pending");
});

test("does not apply where what it names is at rest, and is partial where only some of that is", () => {
  expect(met([resting, resting])).toMatchObject({ met: "not applicable: at rest", by: ["steady does not apply at rest"] });
  expect(met([{}, resting])?.met).toBe("partial");
});

test("a service that is to have no task is not waited for", () => {
  expect(met([{}, resting], { config: { services: { s1: { desiredCount: 0 } } } })?.met).toBe("complete");
});

test("the trap: what is not known, waived or never asked is not complete", () => {
  const because = { kind: "denied", action: "ecs:DescribeServices", why: "not authorized" } as const;
  expect(met([{}, { status: "unknown", because }])).toMatchObject({
    met: "partial",
    by: [expect.stringContaining("denied ecs:DescribeServices")],
  });
  expect(met([{ status: "fail", says: "runs 0 of 2 tasks", waiver }])).toMatchObject({
    met: "pending",
    by: ["steady is waived: runs 0 of 2 tasks (accepted by platform@example.org until 2026-12-31)"],
  });
  expect(met([{ status: "skip", says: "the configuration names no service" }])?.met).toBe("pending");
  const unasked = reportOf([]);
  const config = complete({
    deployment: "shop",
    cluster: "shop",
    services: {},
    signOff: { criteria: [{ title: "It runs", checks: ["steady"] }] },
  });
  expect(criteriaOf(standOf(unasked, { ...snapshotOf(unasked), config }))).toMatchObject([
    { met: "pending", by: ["steady was not asked"] },
  ]);
});

test.for(["expired", "absent", "future-dated"] as const)("the trap: an attestation that is %s leaves it open", (state) => {
  expect(met([], { words: [word(state)] })?.met).toBe("pending");
  expect(met([{}], { words: [word(state)] })?.met).toBe("partial");
});

test("what names nothing that could show it stays open", () => {
  expect(met([])).toMatchObject({ met: "pending", by: ["nothing is named that could show it"] });
});
