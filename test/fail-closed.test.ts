import { expect, test } from "vitest";
import type { FaultDescription } from "../fixtures/faults.ts";
import { found } from "../fixtures/find.ts";
import { loadIncidents } from "../fixtures/incidents.ts";
import { play } from "../fixtures/play.ts";
import { factsOf } from "../src/countdown.ts";
import { loadChecks } from "../src/discover.ts";
import type { Report, Status } from "../src/report.ts";

const healthy = (await play({}, { wire: true })).report;
const actions = Object.keys(healthy.usage.calls).sort();
const dispensable: readonly string[] = factsOf(await loadChecks()).flatMap((fact) => fact.dispensable);

/** Every way in which a call can come to nothing, for ever. */
const faults: readonly (readonly [string, FaultDescription])[] = [
  ["refused", { kind: "deny" }],
  ["throttled", { kind: "throttle" }],
  ["failed by AWS", { kind: "error500" }],
  ["reset", { kind: "reset" }],
  ["cut short", { kind: "truncate" }],
  ["cut short without a sign of it", { kind: "truncate", unnoticed: true }],
  ["never answered", { kind: "hang" }],
];

const statuses = ({ checks }: Report): Readonly<Record<string, Status>> => Object.fromEntries(checks.map(({ id, status }) => [id, status]));
const withStatus = (report: Report, wanted: Status) => report.checks.filter(({ status }) => status === wanted).map(({ id }) => id);

/** What is different, check by check: what it was, and what it is now. */
function changes(before: Report, after: Report): readonly (readonly [id: string, was: Status, is: Status | undefined])[] {
  const now = statuses(after);
  return before.checks.flatMap(({ id, status }) => (now[id] === status ? [] : [[id, status, now[id]] as const]));
}

test("the healthy run is GO, and makes calls", () => {
  expect(healthy).toMatchObject({ verdict: "GO", exitCode: 0 });
  expect(actions).toContain("secretsmanager:GetSecretValue");
});

test.concurrent.each(actions)("%s, however it fails, never makes a GO out of ignorance", async (action) => {
  const refused = (await play({ denied: [action] })).report;
  const broken = faults.map(async ([how, fault]) => {
    const endless = fault.kind === "hang" || fault.kind === "throttle";
    const { report } = await play({}, { wire: true, faults: { [action]: fault }, deadline: endless ? 4000 : 20_000 });
    return [how, report] as const;
  });

  const lost = withStatus(refused, "unknown");
  if (!dispensable.includes(action)) expect(lost).not.toEqual([]);
  for (const [how, report] of await Promise.all(broken)) {
    const unknown = withStatus(report, "unknown");
    const blind = report.checks.some(({ id, severity }) => severity === "blocker" && unknown.includes(id));
    const told = {
      // Whoever needs the answer says that it is missing, however it came to be; all others say what they said, or that they do not know.
      guessed: lost.filter((id) => !unknown.includes(id)),
      changed: changes(healthy, report).filter(([, , is]) => is !== "unknown"),
      silent: report.checks.filter(({ findings }) => findings.length === 0),
      named: unknown.length === 0 || report.unknowns.some((one) => one.action === action || one.kind === "timeout"),
      verdict: [report.verdict, report.exitCode],
    };
    expect({ how, ...told }).toEqual({ how, guessed: [], changed: [], silent: [], named: true, verdict: blind ? ["HOLD", 5] : ["GO", 0] });
  }
});

test.concurrent.each<[string, FaultDescription]>([
  ["throttled twice", { kind: "throttle", times: 2 }],
  ["failed by AWS once", { kind: "error500", times: 1 }],
  ["reset once", { kind: "reset", times: 1 }],
  ["cut short once", { kind: "truncate", times: 1 }],
  ["cut short once without a sign of it", { kind: "truncate", times: 1, unnoticed: true }],
])("a run of which every action is %s says what it says without", async (_, fault) => {
  const { report } = await play({}, { wire: true, faults: { "*": fault } });
  expect(report).toMatchObject({ verdict: "GO", exitCode: 0, unknowns: [] });
  expect(timeless(report.checks)).toEqual(timeless(healthy.checks));
  expect(Object.values(report.usage.calls).every(({ retries }) => retries >= (fault.times ?? 0))).toBe(true);
});

/** How long an endpoint took is all that two runs of one world do not share. */
const timeless = (checks: Report["checks"]) => JSON.parse(JSON.stringify(checks, (key, value) => (/ms$/i.test(key) ? 0 : value)));

const names = ["secret-without-value", "targets-unhealthy-by-status"];
const incidents = await loadIncidents();

test.concurrent.each(names)("in %s, losing any one permission turns answers into unknowns and into nothing else", async (name) => {
  const incident = found(incidents, (one) => one.name === name, `incident ${name}`);
  const before = (await play(incident)).report;
  const blinded = actions.map(async (action) => [action, (await play({ ...incident, denied: [action] })).report] as const);
  expect(before.verdict).toBe("NO-GO");
  for (const [action, after] of await Promise.all(blinded)) {
    const changed = changes(before, after).filter(([, , is]) => is !== "unknown");
    expect({ action, changed, go: after.verdict === "GO" }).toEqual({ action, changed: [], go: false });
  }
});

test("every check of the scene is in the report of a run that may do nothing at all", async () => {
  const asked = (await loadChecks()).filter(({ severity }) => typeof severity === "string" || severity["post-deploy"]);
  const { report } = await play({}, { wire: true, faults: { "*": { kind: "deny" } } });
  expect(report).toMatchObject({ verdict: "HOLD", exitCode: 5 });
  expect(report.checks.map(({ id }) => id)).toEqual(asked.map(({ id }) => id));
});
