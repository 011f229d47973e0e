import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { minutesAgo, secret } from "../fixtures/verbs.ts";
import check from "./220-secret-current-version.ts";
import keys from "./230-secret-keys-present.ts";
import usable from "./240-secret-values-usable.ts";
import plausible from "./250-secret-values-plausible.ts";
import resolves from "./330-secret-reference-resolves.ts";

const name = "ohmycoins-prod-app-secrets";

test("passes when a version is current", async () => {
  expect(await inspect(check)).toMatchObject([{ subject: `secret:${name}`, status: "pass", says: "has an AWSCURRENT version" }]);
});

test("fails when Terraform created the secret without a value, and names the keys to put", async () => {
  const found = await inspect(check, (world) => {
    secret(world, name).versions = [];
  });
  expect(found).toMatchObject([
    { status: "fail", says: "has no AWSCURRENT version: it was created without a value", cause: "secret-no-current-version" },
  ]);
  expect(found[0]?.fix?.do).toContain("SECRET_KEY, POSTGRES_PASSWORD, FIRST_SUPERUSER");
  expect(found[0]?.fix?.run).toEqual([
    `aws secretsmanager put-secret-value --region ap-southeast-2 --secret-id ${name} --secret-string file://secret.json`,
  ]);
});

test("tells a rotation that never finished from a value that was never given", async () => {
  const found = await inspect(check, (world) => {
    secret(world, name).versions = [{ id: "v-pending", stages: ["AWSPENDING"], created: minutesAgo(world, 60), SecretString: "{}" }];
  });
  expect(found).toMatchObject([
    { status: "fail", says: "has no AWSCURRENT version, only AWSPENDING: a rotation began and never finished" },
  ]);
  expect(found[0]?.fix?.run[0]).toContain("--version-stage AWSCURRENT --move-to-version-id v-pending");
});

test("skips where the secret is scheduled for deletion, which is another matter", async () => {
  const found = await inspect(check, (world) => {
    Object.assign(secret(world, name), { DeletedDate: minutesAgo(world, -60), versions: [] });
  });
  expect(found).toMatchObject([{ status: "skip", says: "is scheduled for deletion" }]);
});

test("answers alone for a value that is not there: whatever would look into it skips", async () => {
  for (const other of [keys, usable, plausible, resolves]) {
    const found = await inspect(other, (world) => {
      secret(world, name).versions = [];
    });
    expect(new Set(found.map(({ status }) => status))).toEqual(new Set(["skip"]));
    expect(found[0]?.says).toContain("AWSCURRENT");
  }
});

test("is not fooled by an AWSPREVIOUS version", async () => {
  const found = await inspect(check, (world) => {
    secret(world, name).versions.splice(0, 1);
  });
  expect(found).toMatchObject([{ status: "fail", cause: "secret-no-current-version" }]);
});
