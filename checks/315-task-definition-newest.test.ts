import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { registerTaskDefinition, taskDefinition } from "../fixtures/verbs.ts";
import type { Stated } from "../src/config.ts";
import check from "./315-task-definition-newest.ts";

const backend = "ohmycoins-prod-backend";
const frontend = "ohmycoins-prod-frontend";
const mean = (config: Stated, revision: string | undefined) => {
  const { taskDefinition: _, ...rest } = config.services[backend] ?? {};
  config.services[backend] = revision === undefined ? rest : { ...rest, taskDefinition: revision };
};

test("passes when each service is on the stated revision, or else on the newest", async () => {
  expect(await inspect(check)).toMatchObject([
    { status: "pass", evidence: { meant: `${backend}:2` } },
    { status: "pass", evidence: { newest: `${frontend}:2` } },
  ]);
});

test("fails when a newer revision was registered and nobody deployed it", async () => {
  const [, found] = await inspect(check, (world) => registerTaskDefinition(world, frontend, () => {}));
  expect(found).toMatchObject({
    status: "fail",
    subject: `service:${frontend}`,
    says: `is on ${frontend}:2, while ${frontend}:3 waits undeployed`,
  });
});

test("fails when another revision is deployed than the one the pipeline means, given as a number or a name", async () => {
  for (const revision of ["3", `${backend}:3`]) {
    const [found] = await inspect(check, (_world, config) => mean(config, revision));
    expect(found).toMatchObject({ status: "fail", says: `is on ${backend}:2, where ${backend}:3 must be deployed` });
  }
});

test("skips a service that does not exist", async () => {
  const [found] = await inspect(check, (world) => {
    world.ecs.services = world.ecs.services.filter(({ serviceName }) => serviceName !== backend);
  });
  expect(found).toMatchObject({ status: "skip", subject: `service:${backend}` });
});

test("is not fooled by a newer revision, where the stated one is deployed", async () => {
  const [found] = await inspect(check, (world) => registerTaskDefinition(world, backend, () => {}));
  expect(found).toMatchObject({ status: "pass", subject: `service:${backend}` });
});

test("is not fooled by a newer revision that was put away, nor by a family of which no ACTIVE one is left", async () => {
  const putAway = (...revisions: readonly number[]) =>
    inspect(check, (world) => {
      registerTaskDefinition(world, frontend, () => {});
      for (const revision of revisions) taskDefinition(world, `${frontend}:${revision}`).status = "INACTIVE";
    });
  expect((await putAway(3))[1]).toMatchObject({ status: "pass" });
  expect((await putAway(1, 2, 3))[1]).toMatchObject({ status: "pass", evidence: { newest: null } });
});

test("takes a family without a revision for its newest", async () => {
  const [found] = await inspect(check, (world, config) => {
    mean(config, backend);
    registerTaskDefinition(world, backend, () => {});
  });
  expect(found).toMatchObject({ status: "fail", says: `is on ${backend}:2, while ${backend}:3 waits undeployed` });
});
