import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { reference, secretArn } from "../../fixtures/references.ts";
import { secret } from "../../fixtures/verbs.ts";
import { secretReferences } from "./secret-references.ts";

const name = "ohmycoins-prod-app-secrets";
const password = "ohmycoins-prod-backend:2/backend/POSTGRES_PASSWORD";

test("each reference leads to the secret, by way of what it is called in the configuration", async () => {
  const { readings, links } = await reading(secretReferences);
  expect(Object.keys(readings)).toHaveLength(10);
  expect(readings[password]).toMatchObject({ value: { secret: name, taskDefinition: "ohmycoins-prod-backend:2" } });
  expect(links).toContainEqual([`reference:${password}`, `secret:${name}`]);
});

test("a partial ARN leads to the secret as well", async () => {
  const { readings } = await reading(secretReferences, (world) => {
    reference(world, "POSTGRES_PASSWORD").valueFrom = secretArn(world).slice(0, -7);
  });
  expect(readings[password]).toMatchObject({ state: "known", value: { secret: name } });
});

test("the ARN of an earlier secret of that name is absent, as AWS says", async () => {
  const { readings } = await reading(secretReferences, (world) => {
    reference(world, "POSTGRES_PASSWORD").valueFrom = secretArn(world).replace("-Xk3T9q", "-OLDABC");
  });
  expect(readings[password]).toMatchObject({ state: "absent", why: expect.stringContaining("can't find") as string });
});

test("a reference to a secret that is gone still leads to it, so that its absence explains what fails", async () => {
  const { readings, links } = await reading(secretReferences, (world) => {
    world.secretsmanager.secrets = [];
  });
  expect(readings[password]).toMatchObject({ state: "known", value: { secret: name } });
  expect(links).toContainEqual([`reference:${password}`, `secret:${name}`]);
});

test("a reference that nothing can be made of, or to another region, leads to no secret", async () => {
  const { readings, links } = await reading(secretReferences, (world) => {
    reference(world, "POSTGRES_PASSWORD").valueFrom = `${secretArn(world)}:POSTGRES_PASSWORD`;
    reference(world, "SECRET_KEY").valueFrom = secretArn(world).replace("ap-southeast-2", "us-east-1");
  });
  expect(readings[password]).toMatchObject({ value: { secret: null } });
  expect(readings[password.replace("POSTGRES_PASSWORD", "SECRET_KEY")]).toMatchObject({ value: { secret: null } });
  expect(links).toHaveLength(8);
});

test("where the secret cannot be described, nothing is said about who refers to it", async () => {
  const { readings } = await reading(secretReferences, () => {}, { denied: ["secretsmanager:DescribeSecret"] });
  expect(readings[password]).toMatchObject({ state: "unknown", kind: "denied" });
});

test("a name that ends as an ARN does is asked of AWS and not guessed", async () => {
  const { readings } = await reading(secretReferences, (world, config) => {
    const ARN = secretArn(world).replace(name, "ohmycoins-secret");
    Object.assign(secret(world, name), { Name: "ohmycoins-secret", ARN });
    config.secrets = { "ohmycoins-secret": {} };
    reference(world, "POSTGRES_PASSWORD").valueFrom = ARN.slice(0, -7);
  });
  expect(readings[password]).toMatchObject({ state: "absent" });
});
