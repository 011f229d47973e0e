import { expect, test } from "vitest";
import type { Decided } from "../facts/role-decisions.ts";
import { createRole, letEcsAssume, letRole } from "./role-fixes.ts";

const refused = (by: Decided["by"], decision: "none" | "deny", more: Partial<Decided> = {}): Decided => ({
  action: "kms:Decrypt",
  resource: "arn:aws:kms:eu-west-1:111122223333:key/k",
  of: "key of secret s",
  by,
  decision,
  ...more,
});

test("a role is created under its path, in its partition, with what ECS needs", () => {
  const { run = [] } = createRole("arn:aws-cn:iam::111122223333:role/a/b/exec", "execution");
  expect(run[0]).toMatch(
    /^aws iam create-role --role-name exec --path \/a\/b\/ --assume-role-policy-document '\{.*"ecs-tasks\.amazonaws\.com"/,
  );
  expect(run[1]).toContain("--policy-arn arn:aws-cn:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy");
  expect(createRole("arn:aws:iam::111122223333:role/task", "task").run).toEqual([expect.stringContaining("--path / ")]);
});

test("a trust keeps whom it names already", () => {
  const trust = {
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
  };
  const { run = [] } = letEcsAssume({ name: "r", arn: "arn:aws:iam::1:role/r", elsewhere: null, trusted: false, boundary: null, trust });
  expect(run[0]).toMatch(/ec2\.amazonaws\.com.*ecs-tasks\.amazonaws\.com/);
});

test("what a role lacks is allowed to it in one policy, log groups as a whole", () => {
  const group = "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/a";
  const stream = `${group}:log-stream:a/b/0`;
  const { run = [] } = letRole("r", [
    refused("role", "none", { action: "logs:CreateLogStream", resource: stream }),
    refused("role", "none", { action: "logs:PutLogEvents", resource: stream }),
    refused("role", "none"),
  ]);
  expect(run).toHaveLength(1);
  const document = JSON.parse(/--policy-document '(.*)'$/.exec(run[0] ?? "")?.[1] ?? "{}") as { Statement: object[] };
  expect(document.Statement).toEqual([
    { Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: `${group}:*` },
    { Effect: "Allow", Action: ["kms:Decrypt"], Resource: "arn:aws:kms:eu-west-1:111122223333:key/k" },
  ]);
});

test.each([
  ["secret", "deny", "secret's resource policy"],
  ["key", "none", "policy of the key"],
  ["key state", "deny", "Enable the key"],
  ["key missing", "deny", "key that exists"],
  ["boundary", "none", "permissions boundary"],
  ["role", "deny", "denial out of the role's policies"],
] as const)("what %s refuses (%s) is mended there", (by, decision, words) => {
  expect(letRole("r", [refused(by, decision)]).do).toContain(words);
});
