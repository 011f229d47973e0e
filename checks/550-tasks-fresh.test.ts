import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { currentVersion, landed, minutesAgo, putSecretValue, rest, rollOut, secret, taskDefinition } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./550-tasks-fresh.ts";

const backend = "ohmycoins-prod-backend";
const name = "ohmycoins-prod-app-secrets";
const look = async (change: (world: World) => void) => (await inspect(check, change))[0];
const change = (world: World) => putSecretValue(world, name, currentVersion(secret(world, name)).SecretString ?? "{}", 20);

test("passes when all tasks started after the secret was last changed", async () => {
  expect(await inspect(check)).toMatchObject([
    { status: "pass", subject: `service:${backend}` },
    { status: "skip", says: "is given no secret whose current version could change" },
  ]);
});

test("fails when the password was changed and nobody started new tasks", async () => {
  const found = await look(change);
  expect(found).toMatchObject({ status: "fail", subject: `service:${backend}` });
  expect(found?.says).toBe(`runs 2 of 2 tasks that started before the current version of ${name} was made`);
  expect(found?.fix?.run?.[0]).toContain("--force-new-deployment");
});

test("is pending while the tasks are being replaced, and passes once they are", async () => {
  expect(
    await look((world) => {
      change(world);
      rollOut(world, backend);
    }),
  ).toMatchObject({ status: "pending" });
  expect(
    await look((world) => {
      change(world);
      rollOut(world, backend);
      landed(world, backend);
    }),
  ).toMatchObject({ status: "pass" });
});

test("skips a service at rest", async () => {
  expect(await look(rest)).toMatchObject({ status: "skip", says: "has no running task" });
});

test("fails for a parameter that was changed since, as ECS reads that once too", async () => {
  const reading = (minutes: number) => (world: World) => {
    taskDefinition(world, `${backend}:2`).containerDefinitions?.[0]?.secrets?.push({ name: "APP_TOKEN", valueFrom: "/app/token" });
    const LastModifiedDate = minutesAgo(world, minutes);
    world.ssm.parameters.push({ Name: "/app/token", Type: "SecureString", Value: "", Version: 2, LastModifiedDate });
  };
  expect(await look(reading(1))).toMatchObject({
    status: "fail",
    says: "runs 2 of 2 tasks that started before the current version of /app/token was made",
  });
  expect(await look(reading(9 * 24 * 60))).toMatchObject({ status: "pass" });
});

test("is not fooled by references that are pinned to a version: a newer one changes nothing for them", async () => {
  const found = await look((world) => {
    const { id } = currentVersion(secret(world, name));
    for (const { secrets = [] } of taskDefinition(world, `${backend}:2`).containerDefinitions ?? []) {
      for (const reference of secrets) reference.valueFrom += id;
    }
    change(world);
  });
  expect(found).toMatchObject({ status: "skip" });
});

test("does not know, where it may not read the secret", async () => {
  const [found] = await inspect(check, () => {}, { denied: ["secretsmanager:GetSecretValue"] });
  expect(found).toMatchObject({ status: "unknown", because: { action: "secretsmanager:GetSecretValue" } });
});

test("skips where all that is given is a parameter of another region, of which nobody knows when it changed", async () => {
  const [, found] = await inspect(check, (world) => {
    const valueFrom = "arn:aws:ssm:us-east-1:220711411889:parameter/app/token";
    taskDefinition(world, "ohmycoins-prod-frontend:2").containerDefinitions?.[0]?.secrets?.push({ name: "APP_TOKEN", valueFrom });
  });
  expect(found).toMatchObject({ status: "skip" });
});
