import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { rest, rollOut, service, taskDefinition, tasksOf } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./545-tasks-healthy.ts";

const backend = "ohmycoins-prod-backend";
const sicken = (world: World, health: "UNHEALTHY" | "UNKNOWN") => {
  const [task] = tasksOf(world, service(world, backend));
  for (const one of [task, ...(task?.containers ?? [])]) Object.assign(one ?? {}, { healthStatus: health });
  return `task:${task?.taskArn?.split("/").at(-1)}`;
};
/** What is said of the one task of the backend that was changed, or of all of them. */
const statuses = async (change: (world: World) => void) => (await inspect(check, change)).map(({ status }) => status);

test("passes when every task is HEALTHY", async () => {
  expect(await statuses(() => {})).toEqual(["pass", "pass", "pass", "pass"]);
});

test("fails for the one task whose health check fails, and for no other", async () => {
  let subject = "";
  const found = await inspect(check, (world) => {
    subject = sicken(world, "UNHEALTHY");
  });
  const failing = found.filter(({ status }) => status === "fail");
  expect(failing).toMatchObject([{ subject, says: "is UNHEALTHY", cause: "container-healthcheck-failed" }]);
  expect(found).toHaveLength(4);
});

test("is pending as long as a task has not told yet, and while a slow one starts", async () => {
  expect(await statuses((world) => void sicken(world, "UNKNOWN"))).toContain("pending");
  const starting = await statuses((world) => {
    rollOut(world, backend);
    sicken(world, "UNHEALTHY");
  });
  expect(starting).toContain("pending");
  expect(starting).not.toContain("fail");
});

test("skips a service at rest", async () => {
  expect(await inspect(check, rest)).toMatchObject([
    { status: "skip", subject: `service:${backend}`, says: "has no running task" },
    { status: "skip" },
  ]);
});

test("is not fooled into waiting for ever for a task without a health check, whose health stays UNKNOWN", async () => {
  const found = await statuses((world) => {
    for (const container of taskDefinition(world, `${backend}:2`).containerDefinitions ?? []) delete container.healthCheck;
    sicken(world, "UNKNOWN");
  });
  expect(found.toSorted()).toEqual(["pass", "pass", "pass", "skip"]);
});
