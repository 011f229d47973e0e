import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { reference, secretArn } from "../fixtures/references.ts";
import { currentVersion, minutesAgo, secret, secretValues } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./230-secret-keys-present.ts";

const name = "ohmycoins-prod-app-secrets";

/** The whole value of the current version is another one. */
const holding = (change: (text: string) => string) => (world: World) => {
  const version = currentVersion(secret(world, name));
  version.SecretString = change(version.SecretString ?? "");
};

test("passes when all ten keys are there", async () => {
  expect(await inspect(check)).toMatchObject([{ subject: `secret:${name}`, status: "pass", says: "holds every required key" }]);
});

test("fails when a key is there, but only as JSON within a value, and says under which key", async () => {
  const found = await inspect(check, (world) =>
    secretValues(world, name, (values) => {
      values["DATABASE"] = JSON.stringify({ POSTGRES_PASSWORD: values["POSTGRES_PASSWORD"], port: 5432 });
      delete values["POSTGRES_PASSWORD"];
    }),
  );
  expect(found).toMatchObject([
    {
      status: "fail",
      says: 'lacks POSTGRES_PASSWORD, which stands inside "DATABASE", where ECS does not look',
      cause: "secret-json-key-missing",
    },
  ]);
  expect(found[0]?.evidence["inside"]).toEqual({ POSTGRES_PASSWORD: "DATABASE" });
  expect(found[0]?.fix?.do).toBe('Put a value that takes POSTGRES_PASSWORD out of "DATABASE", and keeps all else.');
});

test("fails when a key is missing, and says which", async () => {
  const found = await inspect(check, (world) => secretValues(world, name, (values) => delete values["POSTGRES_PASSWORD"]));
  expect(found).toMatchObject([{ status: "fail", says: "lacks POSTGRES_PASSWORD", cause: "secret-json-key-missing" }]);
  expect(found[0]?.evidence["held"]).toContain("SECRET_KEY");
});

test.each(["postgres_password", "POSTGRES_PASSWORD ", "POSTGRES-PASSWORD"])(
  "fails, and names %j as what was probably meant",
  async (near) => {
    const found = await inspect(check, (world) =>
      secretValues(world, name, (values) => {
        values[near] = values["POSTGRES_PASSWORD"];
        delete values["POSTGRES_PASSWORD"];
      }),
    );
    expect(found).toMatchObject([
      { status: "fail", says: `lacks POSTGRES_PASSWORD, for which ${JSON.stringify(near)} was probably meant` },
    ]);
    expect(found[0]?.fix?.do).toContain(`renames ${JSON.stringify(near)} to POSTGRES_PASSWORD`);
  },
);

test.each([
  ["is text that is not a JSON object", () => "hunter2"],
  ["is a JSON array, and not an object with keys", (text: string) => `[${text}]`],
  ["is JSON inside a JSON string: it was encoded twice", JSON.stringify],
  ["begins with a byte-order mark, which makes it no JSON", (text: string) => `\uFEFF${text}`],
])("fails where the value %s", async (says, change) => {
  const found = await inspect(check, holding(change));
  expect(found).toMatchObject([{ status: "fail", says, cause: "secret-format-invalid" }]);
});

test("fails where the value is binary, which ECS cannot read keys from", async () => {
  const found = await inspect(check, (world) => {
    const version = currentVersion(secret(world, name));
    version.SecretBinary = new TextEncoder().encode(version.SecretString);
    delete version.SecretString;
  });
  expect(found).toMatchObject([{ status: "fail", says: "is binary, and ECS reads keys from text alone" }]);
});

test("skips when the configuration requires no key", async () => {
  const found = await inspect(check, (_world, config) => {
    config.secrets = { [name]: {} };
  });
  expect(found).toMatchObject([{ subject: `secret:${name}`, status: "skip" }]);
});

test("skips for a secret that is scheduled for deletion", async () => {
  const found = await inspect(check, (world) => {
    secret(world, name).DeletedDate = minutesAgo(world, -60);
  });
  expect(found).toMatchObject([{ status: "skip", says: expect.stringContaining("marked for deletion") as string }]);
});

test("is unknown, naming the action, where the value may not be read", async () => {
  const found = await inspect(check, () => {}, { denied: ["secretsmanager:GetSecretValue"] });
  expect(found).toMatchObject([{ status: "unknown", because: { kind: "denied", action: "secretsmanager:GetSecretValue" } }]);
});

test("is not fooled by what a reference asks of an older version: that is no requirement of the current one", async () => {
  const found = await inspect(check, (world) => {
    reference(world, "SMTP_HOST").valueFrom = `${secretArn(world)}:OLD_HOST:blue:`;
  });
  expect(found).toMatchObject([{ subject: `secret:${name}`, status: "pass" }]);
});
