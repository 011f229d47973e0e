import { expect, test } from "vitest";
import { type Change, inspect } from "../fixtures/inspect.ts";
import { alarm, minutesAgo, rest, service } from "../fixtures/verbs.ts";
import check from "./880-alarm-has-data.ts";

const unhealthy = "ohmycoins-prod-alb-unhealthy-targets";
const cpu = "ohmycoins-prod-rds-cpu-utilization";

const without =
  (name: string, change: Change = () => {}, minutes = 600): Change =>
  (world, config) => {
    config.alarms = { [name]: {} };
    Object.assign(alarm(world, name), { StateValue: "INSUFFICIENT_DATA", StateTransitionedTimestamp: minutesAgo(world, minutes) });
    change(world, config);
  };

test("passes when every alarm has data", async () => {
  expect((await inspect(check)).map(({ status }) => status)).toEqual(Array(9).fill("pass"));
});

test("fails as advice when one has none", async () => {
  expect(await inspect(check, without(cpu))).toMatchObject([{ status: "fail", says: "has no data" }]);
});

test("is pending while a new alarm has had no time to gather any", async () => {
  expect(
    await inspect(
      check,
      without(cpu, () => {}, 8),
    ),
  ).toMatchObject([{ status: "pending" }]);
});

test("skips metrics that come only when something happens", async () => {
  for (const name of ["alb-5xx-errors", "alb-target-response-time", "redis-evictions"])
    expect(await inspect(check, without(`ohmycoins-prod-${name}`)), name).toMatchObject([{ status: "skip" }]);
});

test("skips while what it watches is at rest, and not while something else is", async () => {
  expect(await inspect(check, without(cpu, rest))).toMatchObject([{ status: "skip" }]);
  const resting = (name: string) => without(unhealthy, (world) => void Object.assign(service(world, name), { desiredCount: 0 }));
  expect(await inspect(check, resting("ohmycoins-prod-backend"))).toMatchObject([{ status: "skip" }]);
  expect(await inspect(check, resting("ohmycoins-prod-frontend"))).toMatchObject([{ status: "fail" }]);
});
