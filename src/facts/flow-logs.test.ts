import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { taskSubnets } from "../../fixtures/network.ts";
import { vpc } from "../../fixtures/ohmycoins/names.ts";
import type { World } from "../../fixtures/world.ts";
import { flowLogs } from "./flow-logs.ts";

const first = taskSubnets[0] ?? "";

async function value(change: (world: World) => void = () => {}) {
  const found = (await reading(flowLogs, change)).readings[vpc];
  if (found?.state !== "known") throw new Error(`not known: ${found?.why}`);
  return found.value;
}

test("flow logs are those of the network and of its subnets, with why they are not delivered", async () => {
  const logs = await value(({ ec2 }) => {
    ec2.flowLogs.push({
      FlowLogId: "fl-2",
      ResourceId: first,
      FlowLogStatus: "ACTIVE",
      DeliverLogsStatus: "FAILED",
      DeliverLogsErrorMessage: "Access error",
    });
    ec2.flowLogs.push({ FlowLogId: "fl-3", ResourceId: "vpc-0other", FlowLogStatus: "ACTIVE" });
  });
  expect(logs).toMatchObject([
    { resource: vpc, active: true, failure: null },
    { resource: first, failure: "Access error" },
  ]);
});
