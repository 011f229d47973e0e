import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { taskDefinition } from "../../fixtures/verbs.ts";
import type { World } from "../../fixtures/world.ts";
import { logGroups, prefixesOf } from "./log-groups.ts";

const name = "/ecs/ohmycoins-prod-backend";
const arnIn = (region: string) => `arn:aws:logs:${region}:220711411889:log-group:${name}`;
const options = (world: World) =>
  taskDefinition(world, "ohmycoins-prod-backend:2").containerDefinitions?.[0]?.logConfiguration?.options ?? {};

test("knows the groups that containers write to, and how long they keep it", async () => {
  const { readings, names } = await reading(logGroups);
  expect(Object.keys(readings)).toEqual([name, "/ecs/ohmycoins-prod-frontend"]);
  expect(readings[name]).toMatchObject({ value: { name, arn: arnIn("ap-southeast-2"), region: "ap-southeast-2", retentionDays: 30 } });
  expect(names).toMatchObject({ [arnIn("ap-southeast-2")]: name });
});

test("a group without a retention keeps everything", async () => {
  const { readings } = await reading(logGroups, (world) => {
    for (const group of world.logs.groups) delete group.retentionInDays;
  });
  expect(readings[name]).toMatchObject({ value: { retentionDays: null } });
});

test("is not fooled by a group whose name only begins alike", async () => {
  const { readings } = await reading(logGroups, (world) => {
    for (const group of world.logs.groups) group.logGroupName = group.logGroupName.replace(/backend$/, "backend-old");
  });
  expect(readings[name]).toMatchObject({ state: "absent" });
});

test("asks in the region that the container writes to", async () => {
  const write = (world: World) => void Object.assign(options(world), { "awslogs-region": "us-east-1" });
  expect((await reading(logGroups, write)).readings[name]).toMatchObject({ state: "absent" });
  const { readings } = await reading(logGroups, (world) => {
    write(world);
    world.logs.groups.push({ logGroupName: name, arn: `${arnIn("us-east-1")}:*` });
  });
  expect(readings[name]).toMatchObject({ value: { region: "us-east-1", retentionDays: null } });
});

test("two groups of one name in two regions are two", async () => {
  const { readings } = await reading(logGroups, (world) => {
    Object.assign(options(world), { "awslogs-group": "/ecs/ohmycoins-prod-frontend", "awslogs-region": "us-east-1" });
  });
  expect(Object.entries(readings).map(([subject, { state }]) => `${subject} ${state}`)).toEqual([
    "/ecs/ohmycoins-prod-frontend known",
    "arn:aws:logs:us-east-1:220711411889:log-group:/ecs/ohmycoins-prod-frontend absent",
  ]);
});

test("asks about no group where the output goes elsewhere", async () => {
  const { readings } = await reading(logGroups, (world) => {
    for (const { containerDefinitions = [] } of world.ecs.taskDefinitions)
      for (const container of containerDefinitions)
        container.logConfiguration = { logDriver: "awsfirelens", options: { Name: "cloudwatch" } };
  });
  expect(readings).toEqual({});
});

test.each<[readonly string[], readonly string[]]>([
  [["/ecs/shop-api", "/ecs/shop-web"], ["/ecs/shop-"]],
  [["/ecs/api"], ["/ecs/api"]],
  [
    ["/ecs/api", "/ecs/web"],
    ["/ecs/api", "/ecs/web"],
  ],
  [
    ["api", "web"],
    ["api", "web"],
  ],
])("%j are looked for by %j", (names, prefixes) => {
  expect(prefixesOf(names)).toEqual(prefixes);
});
