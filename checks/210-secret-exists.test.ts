import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { reference, secretArn } from "../fixtures/references.ts";
import { minutesAgo, secret } from "../fixtures/verbs.ts";
import check from "./210-secret-exists.ts";

const name = "ohmycoins-prod-app-secrets";

test("passes when the configured secret is there", async () => {
  expect(await inspect(check)).toMatchObject([
    { subject: `secret:${name}`, status: "pass", evidence: { arn: expect.stringContaining(name) as string } },
  ]);
});

test("fails when nobody has created it", async () => {
  const found = await inspect(check, (world) => {
    world.secretsmanager.secrets = [];
  });
  expect(found).toMatchObject([{ status: "fail", says: "does not exist", cause: "secret-not-found" }]);
  expect(found[0]?.fix?.run).toEqual([
    `aws secretsmanager create-secret --region ap-southeast-2 --name ${name} --secret-string file://secret.json`,
  ]);
});

test("fails for a secret that only a task definition knows of", async () => {
  const found = await inspect(check, (world) => {
    reference(world, "SMTP_USER").valueFrom = `${secretArn(world).replace(name, "mail-secrets")}:SMTP_USER::`;
  });
  expect(found).toMatchObject([
    { subject: "secret:mail-secrets-Xk3T9q", status: "fail", fix: { do: expect.stringContaining("Correct the references") as string } },
    { subject: `secret:${name}`, status: "pass" },
  ]);
});

test("skips when the deployment needs no secret", async () => {
  const found = await inspect(check, (world, config) => {
    delete config.secrets;
    for (const { containerDefinitions = [] } of world.ecs.taskDefinitions) for (const one of containerDefinitions) one.secrets = [];
  });
  expect(found).toMatchObject([{ subject: "deployment:ohmycoins-prod", status: "skip" }]);
});

test("is not fooled by a secret that can still be described, but is scheduled for deletion", async () => {
  const found = await inspect(check, (world) => {
    secret(world, name).DeletedDate = minutesAgo(world, -7 * 24 * 60);
  });
  const run = [`aws secretsmanager restore-secret --region ap-southeast-2 --secret-id ${name}`];
  expect(found).toMatchObject([{ status: "fail", says: "is scheduled for deletion", fix: { run }, cause: "secret-not-found" }]);
});

test("is not fooled by a refusal: that is no absence", async () => {
  const found = await inspect(check, () => {}, { denied: ["secretsmanager:DescribeSecret"] });
  expect(found).toMatchObject([{ status: "unknown", because: { action: "secretsmanager:DescribeSecret" } }]);
});
