import { expect, test } from "vitest";
import { type Change, inspect } from "../fixtures/inspect.ts";
import { registerTaskDefinition, rollOut, taskDefinition } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./390-log-group-exists.ts";

const group = "/ecs/ohmycoins-prod-backend";
const found = async (change: Change) => (await inspect(check, change)).find(({ subject }) => subject === `log-group:${group}`);
const remove = (world: World) => {
  world.logs.groups = world.logs.groups.filter(({ logGroupName }) => logGroupName !== group);
};
const set = (world: World, options: Record<string, string>) =>
  Object.assign(taskDefinition(world, "ohmycoins-prod-backend:2").containerDefinitions?.[0]?.logConfiguration?.options ?? {}, options);

test("passes when every group is there", async () => {
  expect(await inspect(check)).toMatchObject([
    { subject: `log-group:${group}`, status: "pass" },
    { subject: "log-group:/ecs/ohmycoins-prod-frontend", status: "pass" },
  ]);
});

test("fails when one is not, and creates it", async () => {
  expect(await found(remove)).toMatchObject({
    status: "fail",
    says: "does not exist in ap-southeast-2",
    cause: "log-group-missing",
    evidence: { writers: ["ohmycoins-prod-backend:2/backend"] },
    fix: { run: [`aws logs create-log-group --log-group-name ${group} --region ap-southeast-2`] },
  });
});

test("passes where the containers make it themselves", async () => {
  const made = await found((world) => {
    remove(world);
    set(world, { "awslogs-create-group": "true" });
  });
  expect(made).toMatchObject({ status: "pass", says: "is made by ohmycoins-prod-backend:2/backend, at the first start" });
});

test("skips where nothing is written to CloudWatch Logs", async () => {
  const elsewhere = await inspect(check, (world) => {
    for (const { containerDefinitions = [] } of world.ecs.taskDefinitions)
      for (const container of containerDefinitions) container.logConfiguration = { logDriver: "splunk", options: {} };
  });
  expect(elsewhere).toMatchObject([{ subject: "deployment:ohmycoins-prod", status: "skip" }]);
});

test("is not fooled by a group of that name in another region, or by a longer name", async () => {
  expect(await found((world) => void set(world, { "awslogs-region": "us-east-1" }))).toMatchObject({
    status: "fail",
    says: "does not exist in us-east-1",
  });
  const longer = await found((world) => {
    for (const one of world.logs.groups) one.logGroupName = `${one.logGroupName}-2`;
  });
  expect(longer).toMatchObject({ status: "fail" });
});

test("does not know where it may not ask", async () => {
  const [denied] = await inspect(check, () => {}, { denied: ["logs:DescribeLogGroups"] });
  expect(denied).toMatchObject({ status: "unknown", because: { action: "logs:DescribeLogGroups" } });
});

test("is not fooled by what is being replaced", async () => {
  const replaced = await found((world) => {
    remove(world);
    registerTaskDefinition(world, "ohmycoins-prod-backend", ({ containerDefinitions }) => {
      for (const { logConfiguration } of containerDefinitions ?? [])
        Object.assign(logConfiguration?.options ?? {}, { "awslogs-group": "/vpc/ohmycoins-prod" });
    });
    rollOut(world, "ohmycoins-prod-backend", { taskDefinition: "ohmycoins-prod-backend:3" });
  });
  expect(replaced).toMatchObject({ status: "skip" });
});
