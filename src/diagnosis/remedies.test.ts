import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { type TaskDefinition, taskDefinitions } from "../facts/task-definitions.ts";
import { remedyOf } from "./remedies.ts";

const backend = "ohmycoins-prod-backend";
const without =
  "'del(.taskDefinitionArn, .revision, .status, .requiresAttributes, .compatibilities, .registeredAt, .registeredBy, .deregisteredAt)'";
const { readings } = await reading(taskDefinitions);
const found = readings[`${backend}:2`];
const definition = found?.state === "known" ? (found.value as TaskDefinition) : null;

test("who crashed is asked for last words, where the essential containers log them", () => {
  expect(remedyOf("app-crash-exit", backend, definition)).toMatchObject({
    run: [
      `aws logs tail /ecs/${backend} --since 1h --region ap-southeast-2`,
      `aws ecs update-service --service ${backend} --force-new-deployment`,
    ],
  });
});

test("who lacked memory gets a new revision, written to a file before it is registered", () => {
  expect(remedyOf("container-oom", backend, definition).run).toEqual([
    `aws ecs describe-task-definition --task-definition ${backend}:2 --query taskDefinition | jq ${without} > ${backend}.json`,
    `aws ecs register-task-definition --cli-input-json file://${backend}.json`,
    `aws ecs update-service --service ${backend} --task-definition ${backend}`,
  ]);
});

test.each([null, "secret-json-key-missing"])("whatever else it was, %s, is mended where it is named", (cause) => {
  expect(remedyOf(cause, backend, definition)).toEqual({
    do: "Mend what the message names, then force a new deployment.",
    run: [`aws ecs update-service --service ${backend} --force-new-deployment`],
  });
  expect(remedyOf("container-oom", backend, null).run).toHaveLength(1);
});
