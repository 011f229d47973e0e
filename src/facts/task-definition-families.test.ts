import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { registerTaskDefinition, taskDefinition } from "../../fixtures/verbs.ts";
import { taskDefinitionFamilies } from "./task-definition-families.ts";

const backend = "ohmycoins-prod-backend";

test("knows the newest ACTIVE revision of each family in use, deployed or not", async () => {
  const { readings } = await reading(taskDefinitionFamilies, (world) => registerTaskDefinition(world, backend, () => {}));
  expect(readings).toMatchObject({ [backend]: { value: { newest: 3 } }, "ohmycoins-prod-frontend": { value: { newest: 2 } } });
});

test("passes over a revision that was put away", async () => {
  const { readings } = await reading(taskDefinitionFamilies, (world) => {
    registerTaskDefinition(world, backend, () => {}).status = "INACTIVE";
  });
  expect(readings[backend]).toMatchObject({ value: { newest: 2 } });
});

test("is absent where no ACTIVE revision is left, and unknown where it is refused", async () => {
  const none = await reading(taskDefinitionFamilies, (world) => {
    for (const revision of [1, 2]) taskDefinition(world, `${backend}:${revision}`).status = "INACTIVE";
  });
  expect(none.readings[backend]).toMatchObject({ state: "absent" });
  const refused = await reading(taskDefinitionFamilies, () => {}, { denied: ["ecs:DescribeTaskDefinition"] });
  expect(refused.readings[backend]).toMatchObject({ state: "unknown", kind: "denied" });
});
