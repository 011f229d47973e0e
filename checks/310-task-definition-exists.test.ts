import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { service, taskDefinition } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./310-task-definition-exists.ts";

const backend = "ohmycoins-prod-backend";
const remove = (world: World, name: string) => {
  world.ecs.taskDefinitions = world.ecs.taskDefinitions.filter((one) => `${one.family}:${one.revision}` !== name);
};

test("passes when each service's task definition can be described", async () => {
  expect(await inspect(check)).toMatchObject([
    { status: "pass", subject: `task-definition:${backend}:2` },
    { status: "pass", subject: "task-definition:ohmycoins-prod-frontend:2" },
  ]);
});

test("fails when the revision that a service is on was deleted, and says how to get onto one that exists", async () => {
  const [found] = await inspect(check, (world) => remove(world, `${backend}:2`));
  expect(found).toMatchObject({ status: "fail", subject: `task-definition:${backend}:2`, says: "does not exist" });
  expect(found?.fix?.run).toEqual([
    `aws ecs update-service --cluster ohmycoins-prod-cluster --region ap-southeast-2 --service ${backend} --task-definition ${backend}`,
  ]);
});

test("skips a service that does not exist itself, since that is another check's to say", async () => {
  const found = await inspect(check, (world) => {
    world.ecs.services = world.ecs.services.filter(({ serviceName }) => serviceName !== backend);
  });
  expect(found).toMatchObject([
    { status: "skip", subject: `service:${backend}` },
    { status: "pass", subject: "task-definition:ohmycoins-prod-frontend:2" },
  ]);
});

test("is not fooled by a refusal into saying that there is none", async () => {
  const found = await inspect(check, () => {}, { denied: ["ecs:DescribeTaskDefinition"] });
  expect(found.map(({ status }) => status)).toEqual(["unknown", "unknown"]);
});

test("is not fooled by an INACTIVE revision, which still exists", async () => {
  const found = await inspect(check, (world) => {
    taskDefinition(world, service(world, backend).taskDefinition ?? "").status = "INACTIVE";
  });
  expect(found).toMatchObject([{ status: "pass", evidence: { status: "INACTIVE" } }, { status: "pass" }]);
});
