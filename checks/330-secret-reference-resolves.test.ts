import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { reference, secretArn } from "../fixtures/references.ts";
import {
  currentVersion,
  minutesAgo,
  putSecretValue,
  registerTaskDefinition,
  secret,
  secretValues,
  taskDefinition,
} from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./330-secret-reference-resolves.ts";

const name = "ohmycoins-prod-app-secrets";
const subject = "reference:ohmycoins-prod-backend:2/backend/POSTGRES_PASSWORD";
const previous = (world: World) => secret(world, name).versions[1]?.id ?? "";

/** The password is asked for in another way, in a world that may differ: what is found of that reference. */
async function asking(valueFrom: (arn: string, world: World) => string, change: (world: World) => void = () => {}) {
  const found = await inspect(check, (world) => {
    change(world);
    reference(world, "POSTGRES_PASSWORD").valueFrom = valueFrom(secretArn(world), world);
  });
  return found.find((one) => one.subject === subject);
}

/** The value that was replaced lacked the password. */
const lackedBefore = (world: World) => {
  const version = secret(world, name).versions[1];
  if (version) version.SecretString = '{"SECRET_KEY":"s"}';
};

test("passes for each of the ten references", async () => {
  const found = await inspect(check);
  expect(found).toHaveLength(10);
  expect(new Set(found.map(({ status }) => status))).toEqual(new Set(["pass"]));
});

test("fails for a key that the current version lacks, and names the one that was probably meant", async () => {
  expect(await asking((arn) => `${arn}:POSTGRES_PASSWRD::`)).toMatchObject({
    status: "fail",
    says: "reads AWSCURRENT, which lacks the json key POSTGRES_PASSWRD",
    cause: "secret-json-key-missing",
  });
  const near = await asking((arn) => `${arn}:postgres_password::`);
  expect(near?.says).toBe('reads AWSCURRENT, which lacks the json key postgres_password; "POSTGRES_PASSWORD" was probably meant');
  expect(near?.fix?.do).toContain(":POSTGRES_PASSWORD::");
});

test.each([
  ["its label", () => "AWSPREVIOUS:", "AWSPREVIOUS"],
  ["its id", (world: World) => `:${previous(world)}`, /^version [-0-9a-f]{36}$/],
])("explains why the key is not there although it is: the reference is pinned to an older version by %s", async (_, pin, said) => {
  const found = await asking((arn, world) => `${arn}:POSTGRES_PASSWORD:${pin(world)}`, lackedBefore);
  const [, pinned] =
    /^is pinned to (.*), a version older than AWSCURRENT, which lacks the json key POSTGRES_PASSWORD; /.exec(found?.says ?? "") ?? [];
  expect(pinned).toMatch(said);
  expect(found).toMatchObject({
    status: "fail",
    cause: "secret-json-key-missing",
    evidence: { stages: ["AWSPREVIOUS"], held: ["SECRET_KEY"], heldBy: ["AWSCURRENT"] },
  });
  expect(found?.fix?.do).toContain("-Xk3T9q:POSTGRES_PASSWORD::,");
});

test("fails for a version that does not exist, and says so of the reference", async () => {
  const says = "is pinned to blue, which does not exist or has no value";
  expect(await asking((arn) => `${arn}:POSTGRES_PASSWORD:blue:`)).toMatchObject({
    status: "fail",
    says,
    cause: "secret-no-current-version",
  });
});

test("fails for a label and an id that do not belong together", async () => {
  const found = await asking((arn, world) => `${arn}:POSTGRES_PASSWORD:AWSCURRENT:${previous(world)}`);
  expect(found).toMatchObject({ status: "fail", says: expect.stringContaining("AWSCURRENT, which do not belong together") as string });
});

test.each([
  ["is not JSON", "hunter2"],
  ["is JSON twice", JSON.stringify('{"POSTGRES_PASSWORD":"p"}')],
])("fails for a key of a value that %s", async (_, text) => {
  const found = await asking(
    (arn) => `${arn}:POSTGRES_PASSWORD::`,
    (world) => {
      currentVersion(secret(world, name)).SecretString = text;
    },
  );
  expect(found).toMatchObject({ status: "fail", says: "reads AWSCURRENT, which is not a JSON object", cause: "secret-format-invalid" });
});

test("fails where a registry's credentials lack the password, and takes their keys in any case", async () => {
  const credentials = (change: (values: Record<string, unknown>) => void) =>
    inspect(check, (world) => {
      const [container] = taskDefinition(world, "ohmycoins-prod-backend").containerDefinitions ?? [];
      if (container) container.repositoryCredentials = { credentialsParameter: name };
      secretValues(world, name, change);
    });
  const lacking = await credentials((values) => Object.assign(values, { username: "u" }));
  const whole = await credentials((values) => Object.assign(values, { Username: "u", password: "p" }));
  const of = (found: typeof whole) => found.find((one) => one.subject.endsWith("/repositoryCredentials"));
  expect(of(lacking)).toMatchObject({ status: "fail", says: "reads AWSCURRENT, which lacks the json key password" });
  expect(of(whole)).toMatchObject({ status: "pass" });
});

test("skips where the secret itself is scheduled for deletion, pinned or not", async () => {
  const deleted = (world: World) => {
    secret(world, name).DeletedDate = minutesAgo(world, -60);
  };
  expect(await asking((arn) => `${arn}:POSTGRES_PASSWORD:AWSPREVIOUS:`, deleted)).toMatchObject({ status: "skip" });
  expect(await asking((arn) => `${arn}:POSTGRES_PASSWORD::`, deleted)).toMatchObject({ status: "skip" });
});

test("is unknown where the value may not be read", async () => {
  const found = await inspect(check, () => {}, { denied: ["secretsmanager:GetSecretValue"] });
  expect(new Set(found.map(({ because }) => because?.action))).toEqual(new Set(["secretsmanager:GetSecretValue"]));
});

test("is not fooled by a whole secret that is no JSON: it asks for no key", async () => {
  const found = await asking(
    (arn) => arn,
    (world) => {
      currentVersion(secret(world, name)).SecretString = "hunter2";
    },
  );
  expect(found).toMatchObject({ status: "pass" });
});

test("is not fooled by a pin to an older version that has the key, or to the current one", async () => {
  expect(await asking((arn) => `${arn}:POSTGRES_PASSWORD:AWSPREVIOUS:`)).toMatchObject({ status: "pass" });
  expect(await asking((arn) => `${arn}:POSTGRES_PASSWORD:AWSCURRENT:`)).toMatchObject({ status: "pass" });
  const replaced = await asking(
    (arn) => `${arn}:POSTGRES_PASSWORD:AWSPREVIOUS:`,
    (world) => putSecretValue(world, name, "{}"),
  );
  expect(replaced).toMatchObject({ status: "pass" });
});

test("says that the newest revision has it right, where an older one is deployed, unless that is wrong as well", async () => {
  const misspelt = async (newest: (valueFrom: string) => string) => {
    const found = await inspect(check, (world) => {
      const own = reference(world, "POSTGRES_PASSWORD");
      registerTaskDefinition(world, "ohmycoins-prod-backend", ({ containerDefinitions }) => {
        for (const one of containerDefinitions?.[0]?.secrets ?? []) one.valueFrom = newest(one.valueFrom ?? "");
      });
      own.valueFrom = `${secretArn(world)}:POSTGRESS_PASSWORD::`;
    });
    return found.find((one) => one.subject === subject);
  };
  const right = await misspelt((valueFrom) => valueFrom);
  expect(right?.fix?.do).toBe("Deploy the newest revision, ohmycoins-prod-backend:3, which has it right.");
  for (const wrong of [(valueFrom: string) => valueFrom.replace("PASSWORD", "PASSWRD"), (valueFrom: string) => `${valueFrom}some-version`])
    expect((await misspelt(wrong))?.fix?.do).toMatch(/^Put a JSON object that has POSTGRESS_PASSWORD/);
});

test("says where in the value the key stands, if that is JSON within the JSON", async () => {
  const found = await asking(
    (arn) => `${arn}:POSTGRES_PASSWORD::`,
    (world) =>
      secretValues(world, name, (values) => {
        values["DATABASE"] = { POSTGRES_PASSWORD: values["POSTGRES_PASSWORD"] };
        delete values["POSTGRES_PASSWORD"];
      }),
  );
  expect(found?.says).toBe(
    'reads AWSCURRENT, which lacks the json key POSTGRES_PASSWORD; it stands inside "DATABASE", where ECS does not look',
  );
});
