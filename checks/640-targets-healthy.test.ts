import { expect, test } from "vitest";
import { type Change, inspect } from "../fixtures/inspect.ts";
import { rest, rollOut, targetGroup, targetsAre } from "../fixtures/verbs.ts";
import check from "./640-targets-healthy.ts";

const backend = "ohmycoins-prod-backend";
const group = `${backend}-tg`;

const found = async (change?: Change) => (await inspect(check, change)).filter(({ subject }) => subject.includes(group));

test("passes when every target is healthy", async () => {
  expect(await found()).toMatchObject([
    { subject: `target:${group}/10.0.13.20:8000`, status: "pass", says: "is healthy", evidence: { state: "healthy" } },
    { subject: `target:${group}/10.0.11.21:8000`, status: "pass" },
  ]);
});

test.each([
  ["Target.ResponseCodeMismatch", "Health checks failed with these codes: [503]", "elb-healthcheck-failed-status"],
  ["Target.FailedHealthChecks", "Health checks failed with these codes: [403]", "elb-healthcheck-failed-status"],
  ["Target.Timeout", "Request timed out", "elb-healthcheck-timeout"],
  ["Target.FailedHealthChecks", "Health checks failed", "elb-healthcheck-failed"],
  ["Elb.InternalError", "Health checks failed due to an internal error", "platform-internal-error"],
] as const)("fails when a target is unhealthy, and says why: %s, %s", async (reason, description, cause) => {
  const [first] = await found((world) => targetsAre(world, group, "unhealthy", reason, description));
  expect(first).toMatchObject({ status: "fail", says: `is unhealthy: ${description}`, cause, evidence: { reason } });
});

test("fails when a target is in use by no load balancer", async () => {
  const [first] = await found((world) => targetsAre(world, group, "unused", "Target.NotInUse"));
  expect(first).toMatchObject({ status: "fail", says: expect.stringMatching(/^is unused: /), cause: "target-group-misconfigured" });
});

test("is pending while a target warms up, and while a slow one is not healthy yet", async () => {
  expect(await found((world) => targetsAre(world, group, "initial"))).toMatchObject([
    { status: "pending", says: "is initial so far" },
    { status: "pending" },
  ]);
  const slow = await found((world) => {
    rollOut(world, backend, { state: "unhealthy" });
  });
  expect(slow.map(({ status }) => status)).toEqual(["pass", "pass", "pending", "pending"]);
});

test("an old task's draining is no fault, and a deployment of another service no excuse", async () => {
  const draining = await found((world) => {
    const [old] = targetGroup(world, group).health;
    if (old) old.TargetHealth = { State: "draining", Reason: "Target.DeregistrationInProgress" };
  });
  expect(draining).toMatchObject([{ subject: `target:${group}/10.0.11.21:8000`, status: "pass" }]);

  const excused = await found((world) => {
    rollOut(world, "ohmycoins-prod-frontend");
    targetsAre(world, group, "unhealthy", "Target.Timeout");
  });
  expect(excused).toMatchObject([{ status: "fail" }, { status: "fail" }]);
});

test("skips at rest", async () => {
  expect(await found(rest)).toMatchObject([
    { subject: `target-group:${group}`, status: "skip", says: "is at rest: nothing is to run behind it" },
  ]);
});

test("is unknown while AWS itself does not know", async () => {
  const unavailable = await found((world) => targetsAre(world, group, "unavailable", "Target.HealthCheckDisabled"));
  expect(unavailable).toMatchObject([{ subject: `target-group:${group}`, status: "unknown", because: { kind: "invalid" } }]);
});

test("is not fooled by a group that is empty or drains altogether: it does not pass", async () => {
  for (const change of [
    (world) => void targetGroup(world, group).health.splice(0),
    (world) => targetsAre(world, group, "draining"),
    (world) => targetsAre(world, group, "unhealthy.draining", "Target.DeregistrationInProgress"),
  ] satisfies Change[])
    expect(await found(change)).toMatchObject([{ subject: `target-group:${group}`, status: "skip" }]);
});
