import { expect, test } from "vitest";
import { appSecrets } from "../../fixtures/backend.ts";
import { type Change, reading } from "../../fixtures/inspect.ts";
import { customerKey, executionRole, ownPolicy, policyOf, withPolicy } from "../../fixtures/roles.ts";
import { secret, taskDefinition } from "../../fixtures/verbs.ts";
import type { PolicyStatement } from "./iam-policies.ts";
import { rolePermissions } from "./role-permissions.ts";

const name = "ohmycoins-prod-ecs-execution";
const simulation = "iam:SimulatePrincipalPolicy";

async function read(change?: Change, denied: readonly string[] = []) {
  const { readings } = await reading(rolePermissions, change, { denied });
  return readings[name];
}
/** What is refused, as "action: what decided it"; or why it is not known. */
async function refused(change?: Change, denied?: readonly string[]) {
  const found = await read(change, denied);
  if (found?.state !== "known") return found?.why;
  return found.value.refused.map(({ action, by }) => `${action}: ${by}`);
}

test("the simulator and the policies say the same of a healthy role", async () => {
  const simulated = await read();
  expect(simulated).toMatchObject({ state: "known", value: { refused: [] } });
  expect(await read(undefined, [simulation])).toEqual(simulated);
});

test.each<[string, Change, string[]]>([
  [
    "nothing allows",
    (world) => ownPolicy(world, name, [{ Effect: "Allow", Action: ["ecr:*", "logs:*"], Resource: "*" }]),
    ["secretsmanager:GetSecretValue: role"],
  ],
  [
    "a log group is missing from the list",
    (world) =>
      ownPolicy(world, name, [
        { Effect: "Allow", Action: ["ecr:*", "secretsmanager:*"], Resource: "*" },
        { Effect: "Allow", Action: "logs:*", Resource: "arn:aws:logs:*:*:log-group:/ecs/ohmycoins-prod-backend:*" },
      ]),
    ["logs:CreateLogStream: role", "logs:PutLogEvents: role"],
  ],
  [
    "a statement denies",
    (world) => withPolicy(world, name, { Effect: "Deny", Action: "ecr:Get*", Resource: "*" }),
    ["ecr:GetAuthorizationToken: role", "ecr:GetDownloadUrlForLayer: role", "ecr:GetDownloadUrlForLayer: role"],
  ],
])("the simulator and the policies say the same where %s", async (_, change, expected) => {
  expect(((await refused(change)) as string[]).toSorted()).toEqual(expected);
  expect(((await refused(change, [simulation])) as string[]).toSorted()).toEqual(expected);
});

test("a condition that the simulator lacks is looked up in the policies", async () => {
  const irrelevant: Change = (world) =>
    withPolicy(world, name, { Effect: "Deny", Action: "s3:*", Resource: "*", Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } });
  expect(await refused(irrelevant)).toEqual([]);
  expect(await refused(irrelevant, ["iam:ListRolePolicies"])).toContain("not authorized to perform: iam:ListRolePolicies");
  const relevant: Change = (world) =>
    withPolicy(world, name, { Effect: "Deny", Action: "*", Resource: "*", Condition: { StringNotEquals: { "aws:SourceVpc": "vpc-1" } } });
  expect(await refused(relevant)).toMatch(/^whether it may .* hangs on a condition of its policies, which only AWS can decide$/);
});

test("what is refused for certain is said, whatever else is open", async () => {
  const both: Change = (world) => {
    ownPolicy(world, name, [
      { Effect: "Allow", Action: "ecr:*", Resource: "*" },
      { Effect: "Allow", Action: "secretsmanager:*", Resource: "*", Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } },
    ]);
  };
  expect(await refused(both)).toContain("logs:PutLogEvents: role");
});

test("an image of another account is pulled where the role may, and not where it may not", async () => {
  const shared: Change = (world) => {
    for (const { containerDefinitions } of world.ecs.taskDefinitions)
      for (const one of containerDefinitions ?? []) one.image = "111122223333.dkr.ecr.ap-southeast-2.amazonaws.com/shared/app:1";
  };
  expect(await refused(shared)).toEqual([]);
  const narrow: Change = (world, config) => {
    shared(world, config);
    ownPolicy(world, name, [
      { Effect: "Allow", Action: ["logs:*", "secretsmanager:*", "ecr:GetAuthorizationToken"], Resource: "*" },
      { Effect: "Allow", Action: "ecr:*", Resource: `arn:aws:ecr:*:${world.account}:repository/*` },
    ]);
  };
  expect(await refused(narrow)).toEqual(["ecr:BatchGetImage: role", "ecr:GetDownloadUrlForLayer: role"]);
});

const mayDecrypt: Change = (world) => withPolicy(world, name, { Effect: "Allow", Action: "kms:Decrypt", Resource: "*" });
const root = "arn:aws:iam::220711411889:root";

test.each<[string, (policy: (...statements: readonly PolicyStatement[]) => void, role: string) => void, string[] | string]>([
  ["the account", (policy) => policy({ Effect: "Allow", Principal: { AWS: root }, Action: "kms:*", Resource: "*" }), []],
  ["the role itself", (policy, role) => policy({ Effect: "Allow", Principal: { AWS: role }, Action: "kms:Decrypt", Resource: "*" }), []],
  [
    "the account by way of Secrets Manager",
    (policy) =>
      policy({
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: {
          StringEquals: { "kms:CallerAccount": "220711411889", "kms:ViaService": "secretsmanager.ap-southeast-2.amazonaws.com" },
        },
      }),
    [],
  ],
  [
    "somebody else",
    (policy) => policy({ Effect: "Allow", Principal: { AWS: `${root.replace("root", "role/admin")}` }, Action: "kms:*", Resource: "*" }),
    ["kms:Decrypt: key"],
  ],
  [
    "all but the role",
    (policy, role) =>
      policy(
        { Effect: "Allow", Principal: { AWS: root }, Action: "kms:*", Resource: "*" },
        { Effect: "Deny", Principal: { AWS: role }, Action: "kms:Decrypt", Resource: "*" },
      ),
    ["kms:Decrypt: key"],
  ],
  [
    "an organization",
    (policy) =>
      policy({
        Effect: "Allow",
        Principal: "*",
        Action: "kms:*",
        Resource: "*",
        Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
      }),
    expect.stringContaining("a condition of the key's policy") as string,
  ],
])("a key of the company's own may let in %s", async (_, change, expected) => {
  const world: Change = (world, config) => {
    mayDecrypt(world, config);
    const key = customerKey(world, appSecrets);
    change((...statements) => void Object.assign(key, { policy: policyOf(...statements) }), executionRole(world).Arn);
  };
  expect(await refused(world)).toEqual(expected);
});

test("a key is found by an alias, and one of AWS's own needs no permission", async () => {
  const alias: Change = (world, config) => {
    mayDecrypt(world, config);
    customerKey(world, appSecrets).aliases = ["alias/ohmycoins"];
    secret(world, appSecrets).KmsKeyId = "alias/ohmycoins";
  };
  expect(await refused(alias)).toEqual([]);
  expect(await refused((world) => void Object.assign(customerKey(world, appSecrets).metadata, { KeyManager: "AWS" }))).toEqual([]);
});

test("a key of another account is the other account's to judge", async () => {
  const foreign: Change = (world) => {
    const { metadata } = customerKey(world, appSecrets);
    Object.assign(metadata, { AWSAccountId: "111122223333", Arn: metadata.Arn.replace(world.account, "111122223333") });
    secret(world, appSecrets).KmsKeyId = metadata.Arn;
  };
  expect(await refused(foreign)).toEqual(["kms:Decrypt: role"]);
  expect(await refused((world, config) => [mayDecrypt, foreign].forEach((change) => void change(world, config)))).toEqual([]);
});

test.each<[string, readonly PolicyStatement[], string[] | string]>([
  [
    "denies everybody outside of an organization",
    [{ Effect: "Deny", Principal: "*", Action: "*", Resource: "*", Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } } }],
    expect.stringContaining("a condition of the secret's resource policy") as string,
  ],
  [
    "denies the account",
    [{ Effect: "Deny", Principal: { AWS: "220711411889" }, Action: "secretsmanager:Get*", Resource: "*" }],
    ["secretsmanager:GetSecretValue: secret"],
  ],
  ["denies deletion", [{ Effect: "Deny", Principal: "*", Action: "secretsmanager:DeleteSecret", Resource: "*" }], []],
  [
    "denies all but the role",
    [
      {
        Effect: "Deny",
        Principal: "*",
        Action: "*",
        Resource: "*",
        Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/ohmycoins-prod-*" } },
      },
    ],
    [],
  ],
])("a secret's own policy that %s", async (_, statements, expected) => {
  const change: Change = (world) => void Object.assign(secret(world, appSecrets), { policy: policyOf(...statements) });
  expect(await refused(change)).toEqual(expected);
});

test("a secret that is not there, and a reference to another region, ask nothing of the role", async () => {
  const gone: Change = (world) => {
    world.secretsmanager.secrets = [];
    ownPolicy(world, name, [{ Effect: "Allow", Action: ["ecr:*", "logs:*"], Resource: "*" }]);
  };
  expect(await refused(gone)).toEqual([]);
  const elsewhere: Change = (world) => {
    const [container] = taskDefinition(world, "ohmycoins-prod-backend:2").containerDefinitions ?? [];
    for (const one of container?.secrets ?? []) one.valueFrom = one.valueFrom?.replace("ap-southeast-2", "eu-west-1");
    ownPolicy(world, name, [{ Effect: "Allow", Action: ["ecr:*", "logs:*"], Resource: "*" }]);
  };
  expect(await refused(elsewhere)).toEqual([]);
});
