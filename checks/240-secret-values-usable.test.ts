import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { secretValues } from "../fixtures/verbs.ts";
import check from "./240-secret-values-usable.ts";

const name = "ohmycoins-prod-app-secrets";

const withPort = (value: unknown) =>
  inspect(check, (world) =>
    secretValues(world, name, (values) => {
      values["SMTP_PORT"] = value;
    }),
  );

test("passes when every required key has a value", async () => {
  expect(await inspect(check)).toMatchObject([{ subject: `secret:${name}`, status: "pass" }]);
});

test.each([
  [null, "SMTP_PORT is null, which arrives as <nil>"],
  ["", "SMTP_PORT is empty"],
  [" \n", "SMTP_PORT is blank"],
  [{ port: 587 }, "SMTP_PORT is an object, which arrives in Go's notation"],
  [[587], "SMTP_PORT is an array, which arrives in Go's notation"],
  [1_000_000, "SMTP_PORT is a number that arrives with an exponent, as in 1e+06"],
])("fails where a required key's value is %j", async (value, says) => {
  const found = await withPort(value);
  expect(found).toMatchObject([{ status: "fail", says: expect.stringContaining(says) as string, cause: "secret-format-invalid" }]);
});

test("names all of them at once", async () => {
  const found = await inspect(check, (world) =>
    secretValues(world, name, (values) => Object.assign(values, { SMTP_TLS: null, SMTP_SSL: "" })),
  );
  expect(found[0]?.fix?.do).toContain("SMTP_TLS, SMTP_SSL");
});

test("skips when the configuration requires no key", async () => {
  const found = await inspect(check, (_world, config) => {
    config.secrets = { [name]: {} };
  });
  expect(found).toMatchObject([{ status: "skip" }]);
});

test("skips where no required key is there: their absence is told elsewhere", async () => {
  const found = await inspect(check, (_world, config) => {
    config.secrets = { [name]: { keys: ["NOT_THERE"] } };
  });
  expect(found).toMatchObject([{ status: "skip" }]);
});

test.each([587, 999_999, 0, true, false, "0", "null", "1000000"])("is not fooled by %j, which arrives as it is", async (value) => {
  expect(await withPort(value)).toMatchObject([{ status: "pass" }]);
});

test("is not fooled by an empty value of a key that nobody requires", async () => {
  const found = await inspect(check, (world) => secretValues(world, name, (values) => Object.assign(values, { SPARE: "" })));
  expect(found).toMatchObject([{ status: "pass" }]);
});
