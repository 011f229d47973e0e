import type { FlowLog } from "@aws-sdk/client-ec2";
import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { taskSubnets } from "../fixtures/network.ts";
import { vpc } from "../fixtures/ohmycoins/names.ts";
import check from "./950-flow-logs-on.ts";

const signOff = { scene: "sign-off" } as const;
const log = (ResourceId: string, more: Partial<FlowLog> = {}): FlowLog => ({
  ...{ FlowLogId: `fl-${ResourceId}`, ResourceId, FlowLogStatus: "ACTIVE", TrafficType: "ALL", DeliverLogsStatus: "SUCCESS" },
  ...more,
});
const keeping = async (...logs: FlowLog[]) =>
  await inspect(
    check,
    ({ ec2 }) => {
      ec2.flowLogs = logs;
    },
    signOff,
  );

test("passes when the network keeps flow logs, or each of the tasks' subnets does", async () => {
  expect(await inspect(check, () => {}, signOff)).toMatchObject([{ subject: `vpc:${vpc}`, status: "pass", says: "keeps flow logs" }]);
  expect(await keeping(...taskSubnets.map((id) => log(id)))).toMatchObject([{ status: "pass" }]);
});

test("fails when none are kept, or of some subnets alone", async () => {
  expect(await keeping()).toMatchObject([{ status: "fail", says: "keeps no flow logs" }]);
  expect(await keeping(log(taskSubnets[0] ?? ""))).toMatchObject([{ status: "fail" }]);
});

test("is not fooled by one that delivers nothing", async () => {
  expect(await keeping(log(vpc, { DeliverLogsStatus: "FAILED", DeliverLogsErrorMessage: "Access error" }))).toMatchObject([
    { status: "fail", says: "keeps flow logs that are not delivered: Access error" },
  ]);
});

test("skips a network that is another account's, and where there is none", async () => {
  const shared = await inspect(
    check,
    ({ ec2 }) => {
      for (const one of ec2.subnets) one.OwnerId = "999988887777";
    },
    signOff,
  );
  expect(shared).toMatchObject([{ status: "skip" }]);
  const none = await inspect(
    check,
    ({ ecs }) => {
      for (const one of ecs.services) Object.assign(one, { networkConfiguration: undefined, loadBalancers: [] });
    },
    signOff,
  );
  expect(none).toMatchObject([{ subject: "deployment:ohmycoins-prod", status: "skip" }]);
});
