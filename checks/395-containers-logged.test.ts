import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { service, taskDefinition } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./395-containers-logged.ts";

const name = "ohmycoins-prod-backend";
const mute = (world: World) => {
  for (const container of taskDefinition(world, `${name}:2`).containerDefinitions ?? []) delete container.logConfiguration;
};

test("passes when every essential container is logged, however", async () => {
  expect(await inspect(check)).toMatchObject([
    { subject: `container:${name}/backend`, status: "pass", evidence: { driver: "awslogs", group: `/ecs/${name}` } },
    { subject: "container:ohmycoins-prod-frontend/frontend", status: "pass" },
  ]);
  const [splunk] = await inspect(check, (world) => {
    for (const container of taskDefinition(world, `${name}:2`).containerDefinitions ?? [])
      container.logConfiguration = { logDriver: "splunk", options: {} };
  });
  expect(splunk).toMatchObject({ status: "pass", says: "is logged by splunk" });
});

test("fails when one is not", async () => {
  expect(await inspect(check, mute)).toMatchObject([
    { subject: `container:${name}/backend`, status: "fail", says: "has no log configuration: what it says is lost" },
    { status: "pass" },
  ]);
});

test("skips on instances, whose Docker daemons may log it", async () => {
  const [onInstances] = await inspect(check, (world) => {
    mute(world);
    service(world, name).launchType = "EC2";
  });
  expect(onInstances).toMatchObject({ status: "skip" });
});

test("is not fooled by a container that only prepares the others and may be silent", async () => {
  const found = await inspect(check, (world) => {
    const { containerDefinitions = [] } = taskDefinition(world, `${name}:2`);
    containerDefinitions.push({ name: "migrate", image: containerDefinitions[0]?.image, essential: false });
  });
  expect(found.map(({ subject, status }) => `${subject} ${status}`)).toEqual([
    `container:${name}/backend pass`,
    "container:ohmycoins-prod-frontend/frontend pass",
  ]);
});
