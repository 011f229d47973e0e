import { expect, test } from "vitest";
import { found as one } from "../fixtures/find.ts";
import { type Change, inspect } from "../fixtures/inspect.ts";
import { taskDefinition } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./970-logs-retained.ts";

const group = "/ecs/ohmycoins-prod-backend";
const found = async (change: Change) =>
  (await inspect(check, change, { scene: "sign-off" })).find(({ subject }) => subject === `log-group:${group}`);
const groupIn = (world: World) => one(world.logs.groups, ({ logGroupName }) => logGroupName === group, "log group");

test("passes when somebody has said how long", async () => {
  expect(await found(() => {})).toMatchObject({ status: "pass", says: "keeps 30 days" });
});

test("fails when everything is kept for ever", async () => {
  expect(await found((world) => void delete groupIn(world).retentionInDays)).toMatchObject({
    status: "fail",
    says: "keeps everything for ever",
    fix: { run: [`aws logs put-retention-policy --log-group-name ${group} --retention-in-days 30 --region ap-southeast-2`] },
  });
});

test("skips a group that is not there, whoever may be about to make it", async () => {
  const remove = (world: World) => {
    world.logs.groups = world.logs.groups.filter((other) => other !== groupIn(world));
  };
  expect(await found(remove)).toMatchObject({ status: "skip" });
  const created = await found((world) => {
    remove(world);
    const { containerDefinitions: [container] = [] } = taskDefinition(world, "ohmycoins-prod-backend:2");
    Object.assign(container?.logConfiguration?.options ?? {}, { "awslogs-create-group": "true" });
  });
  expect(created).toMatchObject({ status: "skip", says: "does not exist yet" });
});

test("is not fooled by a policy on a group whose name only begins alike", async () => {
  const alike = await found((world) => {
    const kept = groupIn(world);
    world.logs.groups.push({ ...kept, logGroupName: `${group}-old` });
    delete kept.retentionInDays;
  });
  expect(alike).toMatchObject({ status: "fail" });
});
