import type { Service } from "@aws-sdk/client-ecs";
import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { service } from "../fixtures/verbs.ts";
import check from "./570-deployment-guarded.ts";

const backend = "ohmycoins-prod-backend";
const errors = "ohmycoins-prod-alb-5xx-errors";
const configured = async (configuration: Service["deploymentConfiguration"], more: Partial<Service> = {}, denied: string[] = []) => {
  const change = (one: Service) =>
    Object.assign(one, { ...more, deploymentConfiguration: { ...one.deploymentConfiguration, ...configuration } });
  return (await inspect(check, (world) => void change(service(world, backend)), { denied }))[0];
};
const guard = (enable: boolean, rollback: boolean) => ({ deploymentCircuitBreaker: { enable, rollback } });
const alarms = (alarmNames: string[], enable = true) => ({ alarms: { alarmNames, enable, rollback: true } });

test("passes when the circuit breaker rolls back, and when the alarms that it is to watch are there", async () => {
  expect(await inspect(check)).toMatchObject([
    { status: "pass", subject: `service:${backend}`, says: "goes back by itself" },
    { status: "pass" },
  ]);
  expect(await configured(alarms([errors]))).toMatchObject({ status: "pass", says: `goes back by itself, or when ${errors} goes off` });
});

test.each([
  ["has no deployment circuit breaker", guard(false, false)],
  ["has a deployment circuit breaker that does not roll back", guard(true, false)],
  [`has its deployment alarms off: ${errors}`, alarms([errors], false)],
  ["watches alarms that do not exist: gone", alarms([errors, "gone"])],
])("fails when it %s", async (says, configuration) => {
  const found = await configured(configuration);
  expect(found).toMatchObject({ status: "fail", says });
  expect(found?.fix?.run?.[0]).toContain("deploymentCircuitBreaker={enable=true,rollback=true}");
});

test("mends the alarms with those that are there, since ECS takes them as a whole", async () => {
  const found = await configured(alarms([errors, "gone"]));
  expect(found?.fix?.run?.[0]).toContain(`alarms={alarmNames=[${errors}],enable=true,rollback=true}`);
});

test("skips what ECS does not roll out, and what goes back by itself", async () => {
  expect(await configured(guard(false, false), { deploymentController: { type: "CODE_DEPLOY" } })).toMatchObject({ status: "skip" });
  expect(await configured({ ...guard(false, false), strategy: "BLUE_GREEN" })).toMatchObject({ status: "skip" });
});

test("is not fooled by a blue/green deployment whose alarm is gone, nor by a refusal", async () => {
  expect(await configured({ ...alarms(["gone"]), strategy: "BLUE_GREEN" })).toMatchObject({ status: "fail" });
  expect(await configured(alarms([errors]), {}, ["cloudwatch:DescribeAlarms"])).toMatchObject({ status: "unknown" });
});
