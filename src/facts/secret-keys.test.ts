import { expect, test } from "vitest";
import { appSecrets } from "../../fixtures/backend.ts";
import { reading } from "../../fixtures/inspect.ts";
import { customerKey } from "../../fixtures/roles.ts";
import { secret } from "../../fixtures/verbs.ts";
import type { World } from "../../fixtures/world.ts";
import { secretKeys } from "./secret-keys.ts";

async function read(change: (world: World) => void, denied: readonly string[] = []) {
  const { readings } = await reading(secretKeys, change, { denied });
  return Object.values(readings);
}

test("nobody is asked about AWS's own key", async () => {
  expect(await read(() => {})).toEqual([]);
  expect(await read((world) => void Object.assign(secret(world, appSecrets), { KmsKeyId: "alias/aws/secretsmanager" }))).toEqual([]);
});

test("a customer's key is told with its state and its policy, by ARN, by id or by alias", async () => {
  const [key] = await read((world) => void customerKey(world, appSecrets));
  expect(key).toMatchObject({
    state: "known",
    value: { manager: "CUSTOMER", state: "Enabled", policy: { Statement: [{ Sid: "Enable IAM User Permissions" }] } },
  });
  for (const id of ["id", "alias/app"]) {
    const [same] = await read((world) => {
      const { metadata, ...one } = customerKey(world, appSecrets);
      world.kms.keys = [{ ...one, metadata, aliases: ["alias/app"] }];
      secret(world, appSecrets).KmsKeyId = id === "id" ? metadata.KeyId : id;
    });
    expect(same).toEqual(key);
  }
});

test("a key that is gone is absent, and one that may not be looked at is unknown", async () => {
  const gone = await read((world) => {
    customerKey(world, appSecrets);
    world.kms.keys = [];
  });
  expect(gone).toMatchObject([{ state: "absent" }]);
  expect(await read((world) => void customerKey(world, appSecrets), ["kms:GetKeyPolicy"])).toMatchObject([
    { state: "unknown", action: "kms:GetKeyPolicy" },
  ]);
});
