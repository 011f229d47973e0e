import { expect, test } from "vitest";
import { backend } from "../fixtures/backend.ts";
import { inspect } from "../fixtures/inspect.ts";
import { policyOf, removeRole, taskRole } from "../fixtures/roles.ts";
import check from "./385-task-role-usable.ts";

const subject = "role:ohmycoins-prod-backend-task";
const assume = { Action: "sts:AssumeRole" } as const;
const found = async (...circumstances: Parameters<typeof inspect> extends [unknown, ...infer Rest] ? Rest : never) =>
  (await inspect(check, ...circumstances)).find((one) => one.subject === subject);

test("passes when each task role exists and trusts ECS", async () => {
  expect((await inspect(check)).map(({ subject, status }) => [subject, status])).toEqual([
    [subject, "pass"],
    ["role:ohmycoins-prod-frontend-task", "pass"],
  ]);
});

test("fails when the role does not exist, and creates it under its path", async () => {
  const gone = await found((world) => {
    for (const one of world.ecs.taskDefinitions) one.taskRoleArn = one.taskRoleArn?.replace("role/", "role/apps/");
  });
  expect(gone).toMatchObject({ status: "pass" });

  const missing = await found((world) => {
    for (const one of world.ecs.taskDefinitions) one.taskRoleArn = one.taskRoleArn?.replace("role/", "role/apps/");
    removeRole(world, taskRole(world, backend).Arn);
  });
  expect(missing).toMatchObject({ status: "fail", says: "does not exist", cause: "role-assume-failed" });
  expect(missing?.fix?.run).toEqual([expect.stringContaining("--role-name ohmycoins-prod-backend-task --path /apps/ ")]);
});

test("fails when the role trusts others alone", async () => {
  const wrong = await found((world) => {
    taskRole(world, backend).trust = policyOf({ ...assume, Effect: "Allow", Principal: { Service: "ecs.amazonaws.com" } });
  });
  expect(wrong).toMatchObject({ status: "fail", cause: "role-assume-failed" });
  expect(wrong?.fix?.run[0]).toMatch(/^aws iam update-assume-role-policy .*"ecs\.amazonaws\.com".*"ecs-tasks\.amazonaws\.com"/);
});

test("skips where tasks have no role, or one of another account", async () => {
  const none = await inspect(check, (world) => {
    for (const one of world.ecs.taskDefinitions) delete one.taskRoleArn;
  });
  expect(none).toMatchObject([{ subject: "deployment:ohmycoins-prod", status: "skip", says: "gives its tasks no role" }]);

  const elsewhere = await found((world) => {
    for (const one of world.ecs.taskDefinitions) one.taskRoleArn = one.taskRoleArn?.replace(world.account, "111122223333");
  });
  expect(elsewhere).toMatchObject({ status: "skip", says: "is a role of account 111122223333, which is not asked" });
});

const trusting = (Condition: { readonly [operator: string]: { readonly [key: string]: string } }) =>
  policyOf({ ...assume, Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Condition });

test.each([
  ["the tasks of this account", { StringEquals: { "aws:SourceAccount": "220711411889" } }, "pass"],
  ["the tasks of this account and region", { ArnLike: { "aws:SourceArn": "arn:aws:ecs:ap-southeast-2:220711411889:*" } }, "pass"],
  ["the tasks of another account", { StringEquals: { "aws:SourceAccount": "111122223333" } }, "fail"],
  [
    "its own cluster, which ECS may not tell",
    { ArnLike: { "aws:SourceArn": "arn:aws:ecs:ap-southeast-2:220711411889:task/ohmycoins-prod-cluster/*" } },
    "unknown",
  ],
  ["another cluster", { ArnLike: { "aws:SourceArn": "arn:aws:ecs:ap-southeast-2:220711411889:task/staging/*" } }, "fail"],
  ["an organization, which only AWS knows", { StringEquals: { "aws:SourceOrgID": "o-1" } }, "unknown"],
])("is not fooled by a trust in %s", async (_, condition, status) => {
  const one = await found((world) => {
    taskRole(world, backend).trust = trusting(condition);
  });
  expect(one).toMatchObject({ status });
});

test("without permission to look at roles nothing is made up", async () => {
  expect(await found(undefined, { denied: ["iam:GetRole"] })).toMatchObject({ status: "unknown", because: { action: "iam:GetRole" } });
});
