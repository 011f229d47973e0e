import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { service, taskDefinition } from "../fixtures/verbs.ts";
import type { Stated } from "../src/config.ts";
import check from "./350-no-secret-in-plain-text.ts";

const backend = "ohmycoins-prod-backend";
const look = async (change: (definition: TaskDefinition, config: Stated) => void) =>
  (await inspect(check, (world, config) => change(taskDefinition(world, `${backend}:2`), config)))[0];
const plain = ({ containerDefinitions = [] }: TaskDefinition, variable: string) =>
  containerDefinitions[0]?.environment?.push({ name: variable, value: "the-canary-of-this-test" });

test("passes when no variable of the plain environment is called like a key", async () => {
  expect(await inspect(check)).toMatchObject([{ status: "pass" }, { status: "skip" }]);
});

test("fails when a password stands in the plain environment, and does not repeat it", async () => {
  const found = await look((definition) => plain(definition, "POSTGRES_PASSWORD"));
  expect(found).toMatchObject({ status: "fail", says: "sets in plain text what a secret holds: backend/POSTGRES_PASSWORD" });
  expect(JSON.stringify(found)).not.toContain("canary");
});

test("goes by the keys that the secret holds, where the configuration states none", async () => {
  const found = await look((definition, config) => {
    config.secrets = { "ohmycoins-prod-app-secrets": {} };
    plain(definition, "SMTP_PASSWORD");
  });
  expect(found).toMatchObject({ status: "fail", evidence: { plain: ["backend/SMTP_PASSWORD"] } });
});

test("skips where no secret is configured", async () => {
  const found = await look((definition, config) => {
    config.secrets = {};
    plain(definition, "POSTGRES_PASSWORD");
  });
  expect(found).toMatchObject({ status: "skip" });
});

test("is not fooled by a variable whose name only begins like a key", async () => {
  const found = await look((definition) => plain(definition, "POSTGRES_PASSWORD_FILE"));
  expect(found).toMatchObject({ status: "pass", evidence: { plain: [] } });
});

test("asks of a definition that two services run, though the secret is meant for one of them", async () => {
  const found = await inspect(check, (world, config) => {
    const [ours, theirs] = [service(world, backend), service(world, "ohmycoins-prod-frontend")];
    for (const one of [theirs, ...(theirs.deployments ?? [])]) one.taskDefinition = ours.taskDefinition;
    plain(taskDefinition(world, `${backend}:2`), "POSTGRES_PASSWORD");
    expect(config.secrets?.["ohmycoins-prod-app-secrets"]?.injectedInto).toEqual([backend]);
  });
  expect(found).toMatchObject([{ status: "fail", evidence: { plain: ["backend/POSTGRES_PASSWORD"] } }]);
});
