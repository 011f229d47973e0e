import { expect, test } from "vitest";
import { backend } from "../../fixtures/backend.ts";
import { reading } from "../../fixtures/inspect.ts";
import { executionRole, removeRole } from "../../fixtures/roles.ts";
import { executionRoles } from "./execution-roles.ts";

const name = "ohmycoins-prod-ecs-execution";

test("one role of several task definitions is read once, by name, whatever its path", async () => {
  const { readings, names } = await reading(executionRoles, (world) => {
    const role = executionRole(world);
    role.Arn = role.Arn.replace("role/", "role/a/path/");
    for (const one of world.ecs.taskDefinitions) one.executionRoleArn = role.Arn;
  });
  expect(readings).toMatchObject({ [name]: { state: "known", value: { name, elsewhere: null, trusted: true, boundary: null } } });
  expect(names).toEqual({ [`arn:aws:iam::220711411889:role/a/path/${name}`]: name });
});

test("a role that is gone is absent, and one of another account is not asked about", async () => {
  const gone = await reading(executionRoles, (world) => removeRole(world, executionRole(world).Arn));
  expect(gone.readings).toMatchObject({ [name]: { state: "absent", why: `The role with name ${name} cannot be found.` } });

  const foreign = await reading(executionRoles, (world) => {
    for (const one of world.ecs.taskDefinitions) one.executionRoleArn = "arn:aws:iam::111122223333:role/shared";
  });
  expect(foreign.readings).toMatchObject({ shared: { state: "known", value: { elsewhere: "111122223333" } } });
});

test("a task definition that names none stands for it, where it needs one", async () => {
  const { readings } = await reading(executionRoles, (world) => {
    for (const one of world.ecs.taskDefinitions) delete one.executionRoleArn;
    for (const one of world.ecs.taskDefinitions.filter(({ family }) => family !== backend))
      for (const container of one.containerDefinitions ?? [])
        Object.assign(container, { image: "nginx", secrets: [], logConfiguration: undefined });
  });
  expect(Object.keys(readings)).toEqual(["ohmycoins-prod-backend:2"]);
  expect(readings["ohmycoins-prod-backend:2"]).toMatchObject({ state: "known", value: { taskDefinition: "ohmycoins-prod-backend:2" } });
});
