import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { taskDefinition } from "../fixtures/verbs.ts";
import type { Stated } from "../src/config.ts";
import check from "./355-environment-as-meant.ts";

const backend = "ohmycoins-prod-backend";
const look = async (change: (container: ContainerDefinition, config: Stated) => void) => {
  const [found] = await inspect(check, (world, config) => {
    const [container] = taskDefinition(world, `${backend}:2`).containerDefinitions ?? [];
    if (container) change(container, config);
  });
  return found;
};
const set = (container: ContainerDefinition, variable: string, value: string | undefined) => {
  const others = (container.environment ?? []).filter(({ name }) => name !== variable);
  container.environment = value === undefined ? others : [...others, { name: variable, value }];
};

test("passes when the hosts are configured stores and the stated settings are set", async () => {
  expect(await inspect(check)).toMatchObject([
    { status: "pass", subject: `task-definition:${backend}:2`, evidence: { stated: ["ENVIRONMENT"] } },
    { status: "skip", says: "has no plain environment that anything is stated about" },
  ]);
});

test("fails when the service names the database of another environment", async () => {
  const found = await look((container) =>
    set(container, "POSTGRES_SERVER", "ohmycoins-staging-postgres.c7gq2mz0v4kd.ap-southeast-2.rds.amazonaws.com"),
  );
  expect(found).toMatchObject({ status: "fail" });
  expect(found?.says).toContain("backend/POSTGRES_SERVER is ohmycoins-staging-postgres.c7gq2mz0v4kd");
});

test("fails when a stated setting is another one, or is not set", async () => {
  const staging = await look((container) => set(container, "ENVIRONMENT", "staging"));
  expect(staging?.says).toBe('is not set as meant: backend/ENVIRONMENT is "staging", where "production" is meant');
  const none = await look((container) => set(container, "ENVIRONMENT", undefined));
  expect(none?.says).toBe('is not set as meant: ENVIRONMENT is not set, where "production" is meant');
});

test("skips where a file in S3 may set what the task definition does not", async () => {
  const found = await look((container) => {
    set(container, "ENVIRONMENT", undefined);
    container.environmentFiles = [{ type: "s3", value: "arn:aws:s3:::ohmycoins-prod/backend.env" }];
  });
  expect(found).toMatchObject({ status: "skip" });
});

test("skips where nothing is stated and no store is configured", async () => {
  const found = await look((container, config) => {
    config.services = { [backend]: {} };
    config.databases = {};
    config.caches = {};
    set(container, "POSTGRES_SERVER", "anything.c7gq2mz0v4kd.ap-southeast-2.rds.amazonaws.com");
  });
  expect(found).toMatchObject({ status: "skip" });
});

test("is not fooled by a cache whose name only begins like the configured one's, nor by a host inside a URL", async () => {
  const legacy = await look((container) =>
    set(container, "REDIS_HOST", "master.ohmycoins-prod-redis-legacy.w1xq8p.apse2.cache.amazonaws.com"),
  );
  expect(legacy).toMatchObject({ status: "fail" });
  const url = await look((container) =>
    set(container, "DATABASE_URL", "postgresql://ohmycoins@ohmycoins-old.c7gq2mz0v4kd.ap-southeast-2.rds.amazonaws.com:5432/ohmycoins"),
  );
  expect(url).toMatchObject({ status: "fail" });
});

test("leaves hosts alone that are no names of AWS", async () => {
  expect(await look((container) => set(container, "POSTGRES_SERVER", "db.internal.ohmycoins.com"))).toMatchObject({ status: "pass" });
});
