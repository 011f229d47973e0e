import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { registerTaskDefinition, rollOut, taskDefinition } from "../fixtures/verbs.ts";
import check from "./312-task-definition-active.ts";

const backend = "ohmycoins-prod-backend";

test("passes when the revisions in use are ACTIVE", async () => {
  expect(await inspect(check)).toMatchObject([{ status: "pass" }, { status: "pass" }]);
});

test("fails when somebody deregistered the revision that a service runs", async () => {
  const [found] = await inspect(check, (world) => {
    taskDefinition(world, `${backend}:2`).status = "INACTIVE";
  });
  expect(found).toMatchObject({ status: "fail", subject: `task-definition:${backend}:2`, evidence: { services: [backend] } });
});

test("skips a task definition that is gone altogether", async () => {
  const [found] = await inspect(check, (world) => {
    world.ecs.taskDefinitions = world.ecs.taskDefinitions.filter(({ family, revision }) => family !== backend || revision !== 2);
  });
  expect(found).toMatchObject({ status: "skip", subject: `task-definition:${backend}:2` });
});

test("is not fooled by an ACTIVE revision on the way, while an INACTIVE one still serves", async () => {
  const found = await inspect(check, (world) => {
    registerTaskDefinition(world, backend, () => {});
    rollOut(world, backend, { taskDefinition: `${backend}:3` });
    taskDefinition(world, `${backend}:2`).status = "DELETE_IN_PROGRESS";
  });
  expect(found.map(({ subject, status }) => `${subject} ${status}`)).toEqual([
    `task-definition:${backend}:2 fail`,
    `task-definition:${backend}:3 pass`,
    "task-definition:ohmycoins-prod-frontend:2 pass",
  ]);
});
