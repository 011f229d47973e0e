import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { minutesAgo, registerTaskDefinition, rolledBack, rollOut } from "../../fixtures/verbs.ts";
import type { World } from "../../fixtures/world.ts";
import { serviceDeployments } from "./service-deployments.ts";

const backend = "ohmycoins-prod-backend";
const rollBack = (world: World) => {
  registerTaskDefinition(world, backend, () => {});
  rollOut(world, backend, { taskDefinition: `${backend}:3` });
  rolledBack(world, backend);
};

test("knows the newest service deployment of each service, and what it was to bring", async () => {
  const { readings } = await reading(serviceDeployments);
  expect(readings[backend]).toMatchObject({ value: { last: { status: "SUCCESSFUL", target: `${backend}:2`, rollback: null } } });
});

test("names both task definitions of a roll-back", async () => {
  const { readings } = await reading(serviceDeployments, rollBack);
  expect(readings[backend]).toMatchObject({
    value: { last: { status: "ROLLBACK_SUCCESSFUL", target: `${backend}:3`, rollback: { to: `${backend}:2` } } },
  });
});

test("does not trust the order of the list", async () => {
  const { readings } = await reading(serviceDeployments, (world) => {
    const [first] = world.ecs.serviceDeployments.filter(({ serviceArn }) => serviceArn?.endsWith(backend));
    Object.assign(first ?? {}, { createdAt: minutesAgo(world, 1), status: "STOPPED" });
    world.ecs.serviceDeployments.reverse();
  });
  expect(readings[backend]).toMatchObject({ value: { last: { status: "STOPPED", target: `${backend}:1` } } });
});

test("a service that was never deployed since ECS keeps service deployments has none, which is an answer", async () => {
  const { readings } = await reading(serviceDeployments, (world) => {
    world.ecs.serviceDeployments = [];
  });
  expect(readings[backend]).toMatchObject({ state: "known", value: { last: null } });
});

test("a service revision that AWS no longer has is null; a service that is not there is absent; a refusal is unknown", async () => {
  const forgotten = await reading(serviceDeployments, (world) => {
    world.ecs.serviceRevisions = [];
  });
  expect(forgotten.readings[backend]).toMatchObject({ state: "known", value: { last: { target: null } } });
  const gone = await reading(serviceDeployments, (world) => {
    world.ecs.services = world.ecs.services.filter(({ serviceName }) => serviceName !== backend);
  });
  expect(gone.readings).toMatchObject({ [backend]: { state: "absent" }, "ohmycoins-prod-frontend": { state: "known" } });
  const refused = await reading(serviceDeployments, () => {}, { denied: ["ecs:DescribeServiceRevisions"] });
  expect(refused.readings[backend]).toMatchObject({ state: "unknown", action: "ecs:DescribeServiceRevisions" });
});

test("a service leans on its deployment, and that on the revision that it was to bring", async () => {
  const { links } = await reading(serviceDeployments, rollBack);
  expect(links).toContainEqual([`service:${backend}`, `deployment:${backend}`]);
  expect(links).toContainEqual([`deployment:${backend}`, `task-definition:${backend}:3`]);
});
