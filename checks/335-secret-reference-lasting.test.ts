import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { reference, secretArn } from "../fixtures/references.ts";
import { secret } from "../fixtures/verbs.ts";
import check from "./335-secret-reference-lasting.ts";

const name = "ohmycoins-prod-app-secrets";
const subject = "reference:ohmycoins-prod-backend:2/backend/POSTGRES_PASSWORD";

/** The password is asked for in another way: what is found of that reference. */
async function asking(valueFrom: (arn: string, version: string) => string) {
  const found = await inspect(check, (world) => {
    reference(world, "POSTGRES_PASSWORD").valueFrom = valueFrom(secretArn(world), secret(world, name).versions[0]?.id ?? "");
  });
  return found.find((one) => one.subject === subject);
}

test("passes for full ARNs that pin nothing", async () => {
  expect(new Set((await inspect(check)).map(({ status }) => status))).toEqual(new Set(["pass"]));
});

test("fails for a partial ARN, and writes the full one", async () => {
  const found = await asking((arn) => `${arn.slice(0, -7)}:POSTGRES_PASSWORD::`);
  expect(found).toMatchObject({ status: "fail", says: "names the secret by less than its full ARN" });
  expect(found?.fix?.do).toContain(`${name}-Xk3T9q:POSTGRES_PASSWORD::`);
});

test("fails for a pinned version id, even that of the current version", async () => {
  const found = await asking((arn, version) => `${arn}:POSTGRES_PASSWORD::${version}`);
  expect(found).toMatchObject({ status: "fail", says: expect.stringMatching(/^is pinned to version .*, and no new value/) as string });
});

test("skips a reference that is none", async () => {
  expect(await asking((arn) => `${arn}:POSTGRES_PASSWORD`)).toMatchObject({ status: "skip" });
});

test("skips where the secret does not exist", async () => {
  const found = await inspect(check, (world) => {
    world.secretsmanager.secrets = [];
  });
  expect(new Set(found.map(({ status }) => status))).toEqual(new Set(["skip"]));
});

test("is not fooled by a label, which moves on with the secret", async () => {
  expect(await asking((arn) => `${arn}:POSTGRES_PASSWORD:AWSPREVIOUS:`)).toMatchObject({ status: "pass" });
});
