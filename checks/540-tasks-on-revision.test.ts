import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { landed, registerTaskDefinition, rest, rollOut, service, tasksOf } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./540-tasks-on-revision.ts";

const backend = "ohmycoins-prod-backend";
const look = async (change: (world: World) => void) => (await inspect(check, change))[0];
const leaveBehind = (world: World) => {
  const [task] = tasksOf(world, service(world, backend));
  if (task) task.taskDefinitionArn = task.taskDefinitionArn?.replace(/:2$/, ":1");
};

test("passes when all running tasks are on the deployed revision", async () => {
  expect(await look(() => {})).toMatchObject({ status: "pass", says: `runs ${backend}:2 in all 2 tasks` });
});

test("fails when a task of an old revision is left over after the deployment", async () => {
  const found = await look(leaveBehind);
  expect(found).toMatchObject({ status: "fail", subject: `service:${backend}` });
  expect(found?.says).toBe(`runs 1 of 2 tasks on another revision than ${backend}:2`);
});

test("is pending while old and new tasks run side by side, and passes once the old ones are gone", async () => {
  const release = (world: World) => {
    registerTaskDefinition(world, backend, () => {});
    rollOut(world, backend, { taskDefinition: `${backend}:3` });
  };
  expect(await look(release)).toMatchObject({ status: "pending" });
  const found = await look((world) => {
    release(world);
    landed(world, backend);
  });
  expect(found).toMatchObject({ status: "pass", says: `runs ${backend}:3 in all 2 tasks` });
});

test("skips a service at rest", async () => {
  expect(await look(rest)).toMatchObject({ status: "skip", says: "has no running task" });
});

test("is not fooled by an answer that comes page by page", async () => {
  const found = await look((world) => {
    world.pageSize = 1;
    leaveBehind(world);
  });
  expect(found).toMatchObject({ status: "fail", evidence: { running: 2 } });
});

test("does not know, where it may not see the tasks", async () => {
  const found = await inspect(check, () => {}, { denied: ["ecs:ListTasks"] });
  expect(found).toMatchObject([{ status: "unknown", because: { action: "ecs:ListTasks" } }, { status: "unknown" }]);
});
