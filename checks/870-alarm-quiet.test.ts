import { expect, test } from "vitest";
import { type Change, inspect } from "../fixtures/inspect.ts";
import { alarm, minutesAgo, rollOut } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./870-alarm-quiet.ts";

const unhealthy = "ohmycoins-prod-alb-unhealthy-targets";

const sound = (world: World, minutes: number, name = unhealthy) => {
  const since = minutesAgo(world, minutes);
  Object.assign(alarm(world, name), {
    StateValue: "ALARM",
    StateTransitionedTimestamp: since,
    StateUpdatedTimestamp: minutesAgo(world, 1),
  });
};

const sounding =
  (minutes: number): Change =>
  (world, config) => {
    config.alarms = { [unhealthy]: {} };
    sound(world, minutes);
  };

test("passes while no alarm sounds", async () => {
  expect((await inspect(check)).map(({ status }) => status)).toEqual(Array(9).fill("pass"));
});

test("fails when one has gone off since the deployment", async () => {
  const [found] = await inspect(check, sounding(5));
  expect(found).toMatchObject({
    status: "fail",
    says: "is in ALARM since 2026-01-18T03:55:00.000Z",
    evidence: { reason: expect.any(String) },
  });
});

test("one that sounds since before this deployment is pending: the deployment may be its mend", async () => {
  const found = await inspect(check, (world, config) => {
    sounding(30)(world, config);
    rollOut(world, "ohmycoins-prod-frontend");
  });
  expect(found).toMatchObject([{ status: "pending", says: expect.stringMatching(/before this deployment began$/) }]);
  expect(await inspect(check, sounding(24 * 60))).toMatchObject([{ status: "pending" }]);
});

test("that it was looked at again is not that it began anew", async () => {
  expect(await inspect(check, sounding(24 * 60))).toMatchObject([{ evidence: { since: "2026-01-17T04:00:00.000Z" } }]);
});

test("before scaling up and at a sign-off an alarm is an alarm, however old", async () => {
  for (const scene of ["pre-scale-up", "sign-off"] as const)
    expect(await inspect(check, sounding(24 * 60), { scene }), scene).toMatchObject([{ status: "fail" }]);
});

test("an alarm that scales the service sounds on the best of days", async () => {
  const found = await inspect(check, (world, config) => {
    sounding(5)(world, config);
    alarm(world, unhealthy).AlarmActions = ["arn:aws:autoscaling:ap-southeast-2:220711411889:scalingPolicy:x"];
  });
  expect(found).toMatchObject([{ status: "skip" }]);
});

test("an alarm that tells somebody as well as scaling is an alarm", async () => {
  const found = await inspect(check, (world, config) => {
    sounding(5)(world, config);
    alarm(world, unhealthy).AlarmActions?.push("arn:aws:autoscaling:ap-southeast-2:220711411889:scalingPolicy:x");
  });
  expect(found).toMatchObject([{ status: "fail" }]);
});

test("is unknown where nobody knows when the deployment began", async () => {
  expect(await inspect(check, sounding(5), { denied: ["ecs:DescribeServices"] })).toMatchObject([{ status: "unknown" }]);
});
