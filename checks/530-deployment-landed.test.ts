import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { gaveUp, landed, registerTaskDefinition, rest, rolledBack, rollOut, service } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./530-deployment-landed.ts";

const backend = "ohmycoins-prod-backend";
const release = (world: World) => {
  registerTaskDefinition(world, backend, () => {});
  rollOut(world, backend, { taskDefinition: `${backend}:3` });
};
const look = async (change: (world: World) => void) => (await inspect(check, change))[0];

test("passes when the last service deployment succeeded, at rest too", async () => {
  const subject = `deployment:${backend}`;
  expect(await look(() => {})).toMatchObject({ status: "pass", subject, says: `brought ${backend}:2` });
  const [found] = await inspect(check, rest, { scene: "pre-scale-up" });
  expect(found).toMatchObject({ status: "pass" });
});

test("fails when ECS gave up on the deployment and had nothing to roll back to", async () => {
  const found = await look((world) => {
    release(world);
    gaveUp(world, backend);
  });
  expect(found).toMatchObject({ status: "fail", cause: "circuit-breaker-rollback" });
  expect(found?.says).toContain(`failed to bring ${backend}:3, and could not be rolled back: `);
  expect(found?.fix?.run?.at(-1)).toMatch(/ --force-new-deployment$/);
});

test("is pending while the deployment is in progress, and passes once it has landed", async () => {
  expect(await look(release)).toMatchObject({ status: "pending", says: `is still bringing ${backend}:3` });
  const found = await look((world) => {
    release(world);
    landed(world, backend);
  });
  expect(found).toMatchObject({ status: "pass", says: `brought ${backend}:3` });
});

test("is not fooled by a service that runs steadily, because it was rolled back: names both task definitions", async () => {
  const found = await look((world) => {
    release(world);
    rolledBack(world, backend);
  });
  expect(found).toMatchObject({
    status: "fail",
    evidence: { status: "ROLLBACK_SUCCESSFUL", target: `${backend}:3`, deployed: `${backend}:2` },
  });
  expect(found?.says).toContain(`was rolled back from ${backend}:3 to ${backend}:2`);
  expect(found?.fix?.run?.at(-1)).toMatch(/ --task-definition ohmycoins-prod-backend:3$/);
});

test("fails as soon as the roll-back has begun, for the release will not come any more", async () => {
  const found = await look((world) => {
    release(world);
    Object.assign(world.ecs.serviceDeployments.at(-1) ?? {}, { status: "ROLLBACK_IN_PROGRESS" });
  });
  expect(found).toMatchObject({ status: "fail" });
});

test("is not fooled by the success of the deployment before, where the list does not have the one in progress yet", async () => {
  const found = await look((world) => {
    release(world);
    world.ecs.serviceDeployments.pop();
  });
  expect(found).toMatchObject({ status: "pending", says: `is bringing ${backend}:3` });
});

test("goes by the rollout state, where ECS has kept no service deployment", async () => {
  const forgotten = (rolloutState: "COMPLETED" | "FAILED" | undefined) =>
    look((world) => {
      world.ecs.serviceDeployments = world.ecs.serviceDeployments.filter(({ serviceArn }) => !serviceArn?.endsWith(backend));
      const [primary] = service(world, backend).deployments ?? [];
      if (rolloutState) Object.assign(primary ?? {}, { rolloutState });
      else delete primary?.rolloutState;
    });
  expect(await forgotten("COMPLETED")).toMatchObject({ status: "pass", says: `brought ${backend}:2` });
  expect(await forgotten("FAILED")).toMatchObject({ status: "fail" });
  expect(await forgotten(undefined)).toMatchObject({ status: "skip" });
});

test("skips a service that CodeDeploy rolls out, and never waits for it", async () => {
  const found = await look((world) => {
    Object.assign(service(world, backend), { deploymentController: { type: "CODE_DEPLOY" }, deployments: [] });
  });
  expect(found).toMatchObject({ status: "skip", subject: `deployment:${backend}` });
});

test("does not know, where it may not see the service deployments", async () => {
  const found = await inspect(check, () => {}, { denied: ["ecs:ListServiceDeployments"] });
  expect(found).toMatchObject([{ status: "unknown" }, { status: "unknown" }]);
});
