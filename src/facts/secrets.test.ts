import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { reference, secretArn } from "../../fixtures/references.ts";
import { minutesAgo, secret } from "../../fixtures/verbs.ts";
import type { World } from "../../fixtures/world.ts";
import { isCalled, type Secret, secrets, versionAt } from "./secrets.ts";

const name = "ohmycoins-prod-app-secrets";

const added = (world: World, fields: { Name: string; ARN: string }) =>
  world.secretsmanager.secrets.push({ ...structuredClone(secret(world, name)), ...fields });

test("a configured secret is asked about once, by its name, however many references lead to it", async () => {
  const { readings, names } = await reading(secrets);
  expect(Object.keys(readings)).toEqual([name]);
  expect(names).toEqual({});
  expect(readings[name]).toMatchObject({ state: "known", value: { name, rotation: null, deletedOn: null, kmsKey: null } });
});

test("a secret that is only referred to is asked about by its ARN and shown by its name, which both find it", async () => {
  let arn = "";
  const { readings, names } = await reading(secrets, (world) => {
    arn = secretArn(world).replace(name, "mail");
    added(world, { Name: "mail", ARN: arn });
    reference(world, "SMTP_PASSWORD").valueFrom = `${arn}:SMTP_PASSWORD::`;
    reference(world, "SMTP_USER").valueFrom = `${arn.slice(0, -7)}:SMTP_USER::`;
  });
  expect(Object.keys(readings).sort()).toEqual(["mail", name]);
  expect(names).toEqual({ [arn]: "mail", [arn.slice(0, -7)]: "mail" });
});

test("one that is gone is absent, by what its ARN calls it", async () => {
  const { readings } = await reading(secrets, (world) => {
    reference(world, "SMTP_USER").valueFrom = secretArn(world).replace(name, "mail");
  });
  expect(readings["mail-Xk3T9q"]).toMatchObject({ state: "absent" });
});

test("a secret of another region is not asked about here", async () => {
  const { readings } = await reading(secrets, (world) => {
    reference(world, "SMTP_USER").valueFrom = secretArn(world).replace("ap-southeast-2", "us-east-1");
  });
  expect(Object.keys(readings)).toEqual([name]);
});

test("another account's secret of the same name is not taken for the configured one", async () => {
  const { readings } = await reading(secrets, (world) => {
    const arn = secretArn(world).replace("220711411889", "999999999999");
    added(world, { Name: name, ARN: arn });
    reference(world, "SMTP_USER").valueFrom = arn;
  });
  const theirs = "arn:aws:secretsmanager:ap-southeast-2:999999999999:secret:ohmycoins-prod-app-secrets-Xk3T9q";
  expect(Object.keys(readings).sort()).toEqual([theirs, name]);
});

test("a refusal is no absence, and names the action that was refused", async () => {
  const { readings } = await reading(secrets, () => {}, { denied: ["secretsmanager:DescribeSecret"] });
  expect(readings[name]).toMatchObject({ state: "unknown", kind: "denied", action: "secretsmanager:DescribeSecret" });
});

test("rotation, deletion and the key are told", async () => {
  const { readings } = await reading(secrets, (world) => {
    const deleted = minutesAgo(world, -7 * 24 * 60);
    Object.assign(secret(world, name), { RotationEnabled: true, NextRotationDate: deleted, DeletedDate: deleted, KmsKeyId: "alias/app" });
  });
  const next = "2026-01-25T04:00:00.000Z";
  expect(readings[name]).toMatchObject({ value: { rotation: { next, last: null }, deletedOn: next, kmsKey: "alias/app" } });
});

test("AWS's own key is no key of the customer's", async () => {
  const { readings } = await reading(secrets, (world) => {
    secret(world, name).KmsKeyId = "alias/aws/secretsmanager";
  });
  expect(readings[name]).toMatchObject({ value: { kmsKey: null } });
});

test("a version is found by its staging label", () => {
  const one = { versions: { v2: ["AWSCURRENT", "blue"], v1: ["AWSPREVIOUS"] } } as unknown as Secret;
  expect([versionAt(one, "blue"), versionAt(one, "AWSPENDING")]).toEqual(["v2", undefined]);
});

test.each([
  ["app", "app-AbC123", "app", true],
  ["app", "app-AbC123", "app-AbC123", true],
  ["app", "app-AbC123", "app-OLDABC", false],
  ["app", "app-AbC123", "other", false],
  // AWS takes it for a full ARN, and finds nothing: https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html
  ["app-secret", "app-secret-AbC123", "app-secret", false],
])("the secret %s, which is %s, is found by the ARN of %s: %s", (name, resource, asked, is) => {
  const arn = (of: string) => `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${of}`;
  expect(isCalled({ name, arn: arn(resource) } as Secret, arn(asked))).toBe(is);
});
