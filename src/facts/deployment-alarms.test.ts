import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { composeAlarm, service } from "../../fixtures/verbs.ts";
import type { World } from "../../fixtures/world.ts";
import { deploymentAlarms } from "./deployment-alarms.ts";

const errors = "ohmycoins-prod-alb-5xx-errors";
const watching =
  (...alarmNames: string[]) =>
  (world: World) => {
    Object.assign(service(world, "ohmycoins-prod-backend").deploymentConfiguration ?? {}, {
      alarms: { alarmNames, enable: true, rollback: true },
    });
  };

test("asks about nothing where no deployment watches an alarm", async () => {
  expect((await reading(deploymentAlarms)).readings).toEqual({});
});

test("tells the alarms that are there, metric and composite, from those that are not", async () => {
  const { readings } = await reading(deploymentAlarms, (world) => {
    composeAlarm(world, "release", [errors]);
    watching(errors, "release", "gone")(world);
  });
  expect(Object.entries(readings).map(([name, { state }]) => [name, state])).toEqual([
    ["gone", "absent"],
    [errors, "known"],
    ["release", "known"],
  ]);
});

test("is unknown where alarms may not be described", async () => {
  const { readings } = await reading(deploymentAlarms, watching(errors), { denied: ["cloudwatch:DescribeAlarms"] });
  expect(readings[errors]).toMatchObject({ state: "unknown", kind: "denied" });
});
