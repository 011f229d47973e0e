import { expect, test } from "vitest";
import { appSecrets, backend } from "../fixtures/backend.ts";
import { type Change, inspect } from "../fixtures/inspect.ts";
import { customerKey, executionRole, ownPolicy, policyOf, removeRole, role, withPolicy } from "../fixtures/roles.ts";
import { secret } from "../fixtures/verbs.ts";
import check from "./380-execution-role-usable.ts";

const execution = "ohmycoins-prod-ecs-execution";
const subject = `role:${execution}`;
const trusting = (Statement: object) => JSON.stringify({ Version: "2012-10-17", Statement });
const withoutSecrets: Change = (world) => {
  executionRole(world).inline = {};
};
const said = (change?: Change, denied?: readonly string[]) => inspect(check, change, denied ? { denied } : {});

test("passes when the role may read the secret, pull the images and write the logs", async () => {
  const [found] = await said();
  expect(found).toMatchObject({ subject, status: "pass", says: "may do what ECS needs of it" });
  const allowed = found?.evidence["allowed"] as { action: string }[];
  expect(new Set(allowed.map(({ action }) => action))).toEqual(
    new Set([
      "secretsmanager:GetSecretValue",
      "ecr:GetAuthorizationToken",
      "ecr:BatchGetImage",
      "ecr:GetDownloadUrlForLayer",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
    ]),
  );
});

test("fails when the role does not exist, and says how to create it", async () => {
  const found = await said((world) => removeRole(world, executionRole(world).Arn));
  expect(found).toMatchObject([{ subject, status: "fail", says: "does not exist", cause: "role-assume-failed" }]);
  expect(found[0]?.fix?.run).toEqual([
    expect.stringMatching(/^aws iam create-role .*--role-name ohmycoins-prod-ecs-execution --path \/ .*ecs-tasks\.amazonaws\.com/),
    expect.stringContaining("policy/service-role/AmazonECSTaskExecutionRolePolicy"),
  ]);
});

test("fails when the role trusts somebody else, and keeps them in the mended trust", async () => {
  const found = await said((world) => {
    role(world, execution).trust = trusting({ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" });
  });
  expect(found).toMatchObject([{ subject, status: "fail", says: "does not trust ecs-tasks.amazonaws.com, so that ECS cannot assume it" }]);
  expect(found[0]?.fix?.run[0]).toMatch(/ec2\.amazonaws\.com.*ecs-tasks\.amazonaws\.com/);
});

test("fails when the role may not read the secret, and names action and resource", async () => {
  const found = await said(withoutSecrets);
  expect(found).toMatchObject([
    {
      subject,
      status: "fail",
      cause: "secret-access-denied",
      says: "may not secretsmanager:GetSecretValue on arn:aws:secretsmanager:ap-southeast-2:220711411889:secret:ohmycoins-prod-app-secrets-Xk3T9q: no policy of the role allows it",
    },
  ]);
  expect(found[0]?.fix?.run[0]).toMatch(/^aws iam put-role-policy .*"Action":\["secretsmanager:GetSecretValue"\].*Xk3T9q/);
});

test.each([
  ["pull images", "ecr:*", "ecr:GetAuthorizationToken on *", "image-pull-denied"],
  [
    "write logs",
    "logs:*",
    "logs:CreateLogStream on arn:aws:logs:ap-southeast-2:220711411889:log-group:/ecs/ohmycoins-prod-backend:log-stream:",
    "log-driver-access-denied",
  ],
])("fails when the role may not %s", async (_, Action, lacking, cause) => {
  const found = await said((world) => withPolicy(world, execution, { Effect: "Deny", Action, Resource: "*" }));
  expect(found).toMatchObject([{ subject, status: "fail", cause, says: expect.stringContaining(`may not ${lacking}`) }]);
  expect(found[0]?.says).toContain("a policy of the role denies it");
});

test("fails when the secret's own policy denies the role", async () => {
  const found = await said((world) => {
    const Principal = { AWS: role(world, execution).Arn };
    secret(world, appSecrets).policy = policyOf({ Effect: "Deny", Principal, Action: "secretsmanager:GetSecretValue", Resource: "*" });
  });
  expect(found).toMatchObject([{ status: "fail", says: expect.stringContaining("the secret's resource policy denies it") }]);
  expect(found[0]?.fix?.run[0]).toContain("aws secretsmanager get-resource-policy");
});

test("fails when the secret's key does not let the role decrypt, is disabled, or is gone", async () => {
  const refused = await said((world) => void customerKey(world, appSecrets));
  expect(refused).toMatchObject([
    { status: "fail", cause: "kms-decrypt-denied", says: expect.stringContaining("may not kms:Decrypt on arn:aws:kms:") },
  ]);

  const closed = await said((world) => {
    const key = customerKey(world, appSecrets);
    key.policy = policyOf({ Effect: "Allow", Principal: { AWS: "arn:aws:iam::220711411889:role/admin" }, Action: "kms:*", Resource: "*" });
    withPolicy(world, execution, { Effect: "Allow", Action: "kms:Decrypt", Resource: key.metadata.Arn });
  });
  expect(closed).toMatchObject([{ status: "fail", says: expect.stringContaining("the key's policy does not allow it") }]);

  const disabled = await said((world) => {
    const key = customerKey(world, appSecrets);
    withPolicy(world, execution, { Effect: "Allow", Action: "kms:Decrypt", Resource: "*" });
    key.metadata.KeyState = "Disabled";
  });
  expect(disabled).toMatchObject([{ status: "fail", says: expect.stringContaining("the key is not enabled") }]);

  const gone = await said((world) => {
    customerKey(world, appSecrets);
    world.kms.keys = [];
  });
  expect(gone).toMatchObject([{ status: "fail", says: expect.stringContaining("there is no such key") }]);
});

test("fails where no role is named and ECS needs one, about the task definition", async () => {
  const found = await said((world) => {
    for (const one of world.ecs.taskDefinitions) if (one.family === backend) delete one.executionRoleArn;
  });
  expect(found.map(({ subject, status }) => [subject, status])).toEqual([
    ["task-definition:ohmycoins-prod-backend:2", "fail"],
    [subject, "pass"],
  ]);
  expect(found[0]?.says).toMatch(/^names no execution role, without which ECS has no access to secret /);
});

test("on EC2 the instance may pull and log, so that only secrets need the role", async () => {
  const onInstances: Change = (world) => {
    for (const one of world.ecs.services) one.launchType = "EC2";
    ownPolicy(world, execution, []);
  };
  expect(await said(onInstances)).toMatchObject([{ status: "fail", cause: "secret-access-denied" }]);
  const unnamed = await said((world, config) => {
    onInstances(world, config);
    for (const one of world.ecs.taskDefinitions) delete one.executionRoleArn;
    for (const one of world.ecs.taskDefinitions) for (const container of one.containerDefinitions ?? []) delete container.secrets;
  });
  expect(unnamed).toMatchObject([{ subject: "deployment:ohmycoins-prod", status: "skip" }]);
});

test("a role of another account is not judged, nor is one that nobody can tell about a fail", async () => {
  const elsewhere = await said((world) => {
    for (const one of world.ecs.taskDefinitions) one.executionRoleArn = "arn:aws:iam::111122223333:role/shared";
  });
  expect(elsewhere).toMatchObject([{ subject: "role:shared", status: "skip" }]);

  const conditional = await said((world) =>
    withPolicy(world, execution, {
      Effect: "Deny",
      Action: "secretsmanager:*",
      Resource: "*",
      Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } },
    }),
  );
  expect(conditional).toMatchObject([{ status: "unknown", says: expect.stringContaining("hangs on a condition of its policies") }]);
});

test("where simulation is refused the policies are read, and where they are refused too nothing is made up", async () => {
  expect(await said(undefined, ["iam:SimulatePrincipalPolicy"])).toMatchObject([{ status: "pass" }]);
  expect(await said(withoutSecrets, ["iam:SimulatePrincipalPolicy"])).toMatchObject([{ status: "fail", cause: "secret-access-denied" }]);
  const blind = await said(undefined, ["iam:SimulatePrincipalPolicy", "iam:ListAttachedRolePolicies"]);
  expect(blind).toMatchObject([{ status: "unknown", because: { kind: "denied", action: "iam:ListAttachedRolePolicies" } }]);
  expect(await said(undefined, ["iam:GetRole"])).toMatchObject([{ status: "unknown", because: { action: "iam:GetRole" } }]);
});

test("is not fooled by a role with a path, a boundary that allows, or a resource policy that lets the role in by itself", async () => {
  const path = await said((world) => {
    const one = role(world, execution);
    Object.assign(one, { Path: "/ecs/", Arn: one.Arn.replace("role/", "role/ecs/") });
    for (const definition of world.ecs.taskDefinitions) definition.executionRoleArn = one.Arn;
  });
  expect(path).toMatchObject([{ subject, status: "pass" }]);

  const bounded =
    (Action: string): Change =>
    (world) => {
      const PermissionsBoundaryArn = "arn:aws:iam::220711411889:policy/boundary";
      world.iam.policies.push({ arn: PermissionsBoundaryArn, document: policyOf({ Effect: "Allow", Action, Resource: "*" }) });
      role(world, execution).PermissionsBoundary = { PermissionsBoundaryType: "PermissionsBoundaryPolicy", PermissionsBoundaryArn };
    };
  expect(await said(bounded("*"))).toMatchObject([{ status: "pass" }]);
  for (const denied of [[], ["iam:SimulatePrincipalPolicy"]])
    expect(await said(bounded("logs:*"), denied)).toMatchObject([
      { status: "fail", says: expect.stringContaining("the role's permissions boundary does not allow it") },
    ]);

  const letIn = await said((world) => {
    role(world, execution).inline = {};
    const Principal = { AWS: role(world, execution).Arn };
    secret(world, appSecrets).policy = policyOf({ Effect: "Allow", Principal, Action: "secretsmanager:GetSecretValue", Resource: "*" });
  });
  expect(letIn).toMatchObject([{ status: "pass" }]);
});

test("what the organization may deny is open, whatever the role's own policies say", async () => {
  const found = await said((world) => {
    world.iam.controls = [policyOf({ Effect: "Allow", NotAction: "secretsmanager:*", Resource: "*" })];
  });
  expect(found).toMatchObject([{ status: "unknown", says: expect.stringContaining("a service control policy of the organization") }]);
});

test("a secret that is not there is another check's business", async () => {
  const found = await said((world) => {
    world.secretsmanager.secrets = [];
  });
  expect(found).toMatchObject([{ subject, status: "pass" }]);
});
