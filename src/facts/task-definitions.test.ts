import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { taskDefinition } from "../../fixtures/verbs.ts";
import type { World } from "../../fixtures/world.ts";
import { familyOf, taskDefinitionName, taskDefinitions } from "./task-definitions.ts";

const backend = "ohmycoins-prod-backend:2";
const containerOf = (world: World) => {
  const [container] = taskDefinition(world, backend).containerDefinitions ?? [];
  if (!container) throw new Error("the backend has no container");
  return container;
};
const value = async (change: (world: World) => void = () => {}) => {
  const found = (await reading(taskDefinitions, change)).readings[backend];
  if (found?.state !== "known") throw new Error(`not known: ${found?.why}`);
  return found.value;
};

test("knows the revisions that services run, under their short names", async () => {
  const { readings, names } = await reading(taskDefinitions);
  expect(Object.keys(readings)).toEqual([backend, "ohmycoins-prod-frontend:2"]);
  expect(Object.values(names)).toEqual([backend, "ohmycoins-prod-frontend:2"]);
  expect(readings[backend]).toMatchObject({ value: { family: "ohmycoins-prod-backend", revision: 2, status: "ACTIVE" } });
});

test("keeps of the plain environment the names, the stated settings and the hosts of stores, and nothing else", async () => {
  const definition = await value((world) => {
    const { environment = [] } = containerOf(world);
    environment.push({ name: "API_TOKEN", value: "a-value-that-must-not-be-kept" });
    environment.push({
      name: "DATABASE_URL",
      value: "postgresql://me:a-value-that-must-not-be-kept@Orders.c7gq2mz0v4kd.ap-southeast-2.rds.amazonaws.com:5432/x",
    });
  });
  expect(JSON.stringify(definition)).not.toContain("must-not-be-kept");
  expect(definition.containers[0]).toMatchObject({
    settings: { ENVIRONMENT: "production" },
    hosts: {
      DATABASE_URL: "orders.c7gq2mz0v4kd.ap-southeast-2.rds.amazonaws.com",
      REDIS_HOST: "master.ohmycoins-prod-redis.w1xq8p.apse2.cache.amazonaws.com",
    },
    environmentFiles: false,
  });
  expect(definition.containers[0]?.variables).toContain("API_TOKEN");
});

test("finds every reference: in the environment, in the log driver and for the registry", async () => {
  const { references } = await value((world) => {
    const container = containerOf(world);
    const [{ valueFrom } = { valueFrom: "" }] = container.secrets ?? [];
    container.secrets = [{ name: "SECRET_KEY", valueFrom: valueFrom ?? "" }];
    container.logConfiguration = { logDriver: "splunk", secretOptions: [{ name: "splunk-token", valueFrom: "/ohmycoins/splunk" }] };
    container.repositoryCredentials = { credentialsParameter: "ohmycoins-prod-registry" };
  });
  expect(references).toMatchObject([
    { name: "backend/SECRET_KEY", use: "environment", essential: true, target: { to: "secret", key: "SECRET_KEY" } },
    { name: "backend/splunk-token", use: "log", target: { to: "parameter", id: "/ohmycoins/splunk" } },
    { name: "backend/repositoryCredentials", use: "registry", target: { to: "secret", id: "ohmycoins-prod-registry" } },
  ]);
});

test("leans on its references, and they on their secret", async () => {
  const { links } = await reading(taskDefinitions);
  const reference = `reference:${backend}/backend/SECRET_KEY`;
  expect(links).toContainEqual([`task-definition:${backend}`, reference]);
  expect(links).toContainEqual([reference, expect.stringContaining("secret:arn:aws:secretsmanager")]);
});

test("takes a disabled health check for none, and a container for essential unless it says otherwise", async () => {
  const { containers } = await value((world) => {
    const container = containerOf(world);
    container.healthCheck = { command: ["NONE"] };
    delete container.essential;
  });
  expect(containers[0]).toMatchObject({ healthCheck: false, essential: true });
});

test("a revision that was deleted is absent; one that may not be seen is unknown", async () => {
  const { readings } = await reading(taskDefinitions, (world) => {
    world.ecs.taskDefinitions = world.ecs.taskDefinitions.filter((one) => `${one.family}:${one.revision}` !== backend);
  });
  expect(readings[backend]).toMatchObject({ state: "absent" });
  const refused = await reading(taskDefinitions, () => {}, { denied: ["ecs:DescribeTaskDefinition"] });
  expect(refused.readings[backend]).toMatchObject({ state: "unknown", kind: "denied" });
});

test("a task definition is called by its family and revision", () => {
  const arn = "arn:aws:ecs:ap-southeast-2:220711411889:task-definition/ohmycoins-prod-backend:2";
  expect(taskDefinitionName(arn)).toBe(backend);
  expect(familyOf(arn)).toBe("ohmycoins-prod-backend");
  expect(familyOf("ohmycoins-prod-backend")).toBe("ohmycoins-prod-backend");
});

test("leans on the configured databases and caches whose hosts it names", async () => {
  const { links } = await reading(taskDefinitions);
  const stores = ["database:ohmycoins-prod-postgres", "cache:ohmycoins-prod-redis"];
  expect((await value()).stores).toEqual(stores);
  for (const store of stores) expect(links).toContainEqual([`task-definition:${backend}`, store]);
});
