import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { currentVersion, secret, secretValues } from "../fixtures/verbs.ts";
import check from "./250-secret-values-plausible.ts";

const name = "ohmycoins-prod-app-secrets";

test("passes when the values look real", async () => {
  expect(await inspect(check)).toMatchObject([{ subject: `secret:${name}`, status: "pass" }]);
});

test("fails with the placeholders of the mail settings, key by key, and shows no value", async () => {
  const found = await inspect(check, (world) =>
    secretValues(world, name, (values) => Object.assign(values, { SMTP_HOST: "smtp.example.com", SMTP_PASSWORD: "dummy-pa55word\n" })),
  );
  const says =
    "holds values that look wrong: SMTP_HOST looks like a placeholder; SMTP_PASSWORD looks like a placeholder; SMTP_PASSWORD begins or ends with white space";
  expect(found).toMatchObject([{ status: "fail", says }]);
  expect(JSON.stringify(found)).not.toMatch(/pa55word|smtp\.example/);
});

test("fails with literal quotes around a value", async () => {
  const found = await inspect(check, (world) => secretValues(world, name, (values) => Object.assign(values, { SECRET_KEY: '"s3cr3t"' })));
  expect(found).toMatchObject([{ status: "fail", says: expect.stringContaining("SECRET_KEY has literal quotes") as string }]);
});

test("fails with a text that ends in a stray newline", async () => {
  const found = await inspect(check, (world) => {
    currentVersion(secret(world, name)).SecretString = "s3cr3t\n";
  });
  expect(found).toMatchObject([{ status: "fail", says: "holds values that look wrong: the text begins or ends with white space" }]);
});

test("blocks at sign-off, and warns before", async () => {
  expect(check.severity).toEqual({ "pre-scale-up": "warning", "post-deploy": "warning", "sign-off": "blocker" });
});

test("passes a placeholder that the configuration allows, but no other flaw of that key", async () => {
  const found = await Promise.all(
    ["dummy", "dummy "].map((value) =>
      inspect(check, (world, config) => {
        config.secrets = { [name]: { placeholdersAllowed: ["SMTP_PASSWORD"] } };
        secretValues(world, name, (values) => Object.assign(values, { SMTP_PASSWORD: value }));
      }),
    ),
  );
  expect(found.flat().map(({ status }) => status)).toEqual(["pass", "fail"]);
});

test("skips where no value has a shape to look at", async () => {
  const found = await inspect(check, (world) => {
    currentVersion(secret(world, name)).SecretString = "[]";
  });
  expect(found).toMatchObject([{ status: "skip" }]);
});

test("is not fooled by real values that merely contain such letters", async () => {
  const real = {
    SMTP_HOST: "smtp.todoist.com",
    SMTP_USER: "changes",
    SMTP_PASSWORD: "xK3xxxq",
    SECRET_KEY: "-----BEGIN-----\nab\n-----END-----\n",
  };
  const found = await inspect(check, (world) => secretValues(world, name, (values) => Object.assign(values, real)));
  expect(found).toMatchObject([{ status: "pass" }]);
});
