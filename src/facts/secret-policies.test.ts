import { expect, test } from "vitest";
import { appSecrets } from "../../fixtures/backend.ts";
import { type Change, reading } from "../../fixtures/inspect.ts";
import { policyOf } from "../../fixtures/roles.ts";
import { secret, taskDefinition } from "../../fixtures/verbs.ts";
import { secretPolicies } from "./secret-policies.ts";

const read = async (change?: Change) => Object.entries((await reading(secretPolicies, change)).readings);

test("a secret without a policy has none", async () => {
  expect(await read()).toMatchObject([[appSecrets, { state: "known", value: { policy: null } }]]);
});

test("a policy is kept as it is", async () => {
  const statement = { Effect: "Deny", Principal: "*", Action: "secretsmanager:*", Resource: "*" };
  const found = await read((world) => void Object.assign(secret(world, appSecrets), { policy: policyOf(statement) }));
  expect(found).toMatchObject([[appSecrets, { value: { policy: { Statement: [statement] } } }]]);
});

test("another account is not asked for the policies of its secrets, and what is not there has none", async () => {
  const arn = "arn:aws:secretsmanager:ap-southeast-2:111122223333:secret:shared-AbCdEf";
  const foreign = await read((world) => {
    const [container] = taskDefinition(world, "ohmycoins-prod-backend:2").containerDefinitions ?? [];
    if (container) container.secrets = [{ name: "SHARED", valueFrom: arn }];
  });
  expect(foreign).toMatchObject([[arn, { state: "known", value: { policy: null } }]]);
  expect(await read((world) => void Object.assign(world.secretsmanager, { secrets: [] }))).toMatchObject([
    [appSecrets, { state: "absent" }],
  ]);
});
