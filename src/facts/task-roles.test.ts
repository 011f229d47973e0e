import { expect, test } from "vitest";
import { backend } from "../../fixtures/backend.ts";
import { reading } from "../../fixtures/inspect.ts";
import { policyOf, removeRole, taskRole } from "../../fixtures/roles.ts";
import { taskRoles } from "./task-roles.ts";

const name = "ohmycoins-prod-backend-task";

test("each task role is read, and whom it trusts", async () => {
  const { readings } = await reading(taskRoles, (world) => {
    taskRole(world, backend).trust = policyOf({ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" });
  });
  expect(readings).toMatchObject({
    [name]: { state: "known", value: { trusted: false, trust: { Statement: [{ Principal: { Service: "ec2.amazonaws.com" } }] } } },
    "ohmycoins-prod-frontend-task": { state: "known", value: { trusted: true } },
  });
});

test("a role that is gone is absent, and without permission nothing is known", async () => {
  const gone = await reading(taskRoles, (world) => removeRole(world, taskRole(world, backend).Arn));
  expect(gone.readings[name]).toMatchObject({ state: "absent" });
  const refused = await reading(taskRoles, undefined, { denied: ["iam:GetRole"] });
  expect(refused.readings[name]).toMatchObject({ state: "unknown", kind: "denied", action: "iam:GetRole" });
});
