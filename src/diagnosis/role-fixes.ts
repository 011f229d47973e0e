import { type Fix, sh } from "../check.ts";
import { type PolicyDocument, type PolicyStatement, statementsOf } from "../facts/iam-policies.ts";
import type { Decided } from "../facts/role-decisions.ts";
import { type OwnRole, roleName } from "../facts/role-types.ts";

const ecsMayAssume: PolicyStatement = { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" };

const document = (...statements: readonly PolicyStatement[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements } satisfies PolicyDocument);

/** Creates a role that tasks are started with, or that they have themselves, under the ARN that task definitions name. */
export function createRole(arn: string, use: "execution" | "task"): Fix {
  const name = roleName(arn);
  const path = arn.slice(arn.indexOf("/"), arn.lastIndexOf("/") + 1);
  const create = sh`aws iam create-role --role-name ${name} --path ${path || "/"} --assume-role-policy-document ${document(ecsMayAssume)}`;
  if (use === "task") return { do: "Create the role again, and give it the policies that the application needs.", run: [create] };
  const policy = `arn:${arn.split(":")[1]}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy`;
  return {
    do: "Create the role again, and let it read the secrets that the tasks refer to.",
    run: [create, sh`aws iam attach-role-policy --role-name ${name} --policy-arn ${policy}`],
  };
}

/** Lets ECS assume a role, besides whoever may already. */
export function letEcsAssume({ name, trust }: OwnRole): Fix {
  return {
    do: "Let the role trust ecs-tasks.amazonaws.com, and remove what denies it.",
    run: [sh`aws iam update-assume-role-policy --role-name ${name} --policy-document ${document(...statementsOf(trust), ecsMayAssume)}`],
  };
}

/** Lets a role do what it is refused, where that is, first of all. */
export function letRole(role: string, refused: readonly Decided[]): Fix {
  const lacking = refused.filter(({ by, decision }) => by === "role" && decision === "none");
  if (lacking.length > 0) return { do: "Allow the role what it lacks.", run: [allow(role, lacking)] };
  const [first] = refused;
  const { by, resource } = first ?? { by: "role", resource: "*" };
  if (by === "secret")
    return {
      do: "Take the denial out of the secret's resource policy, or except the role from it.",
      run: [sh`aws secretsmanager get-resource-policy --secret-id ${resource} --query ResourcePolicy --output text`],
    };
  if (by === "key")
    return {
      do: "Let the policy of the key allow the role kms:Decrypt.",
      run: [sh`aws kms get-key-policy --key-id ${resource} --policy-name default --query Policy --output text`],
    };
  if (by === "key state") return { do: "Enable the key, or cancel its deletion.", run: [sh`aws kms enable-key --key-id ${resource}`] };
  if (by === "key missing")
    return { do: "Encrypt the secret under a key that exists, with a new value.", run: [sh`aws kms describe-key --key-id ${resource}`] };
  const what = by === "boundary" ? "Let the permissions boundary of the role allow it." : "Take the denial out of the role's policies.";
  return { do: what, run: [sh`aws iam get-role --role-name ${role}`, sh`aws iam list-attached-role-policies --role-name ${role}`] };
}

function allow(role: string, lacking: readonly Decided[]): string {
  const byResource = Map.groupBy(lacking, ({ resource }) => resource.replace(/:log-stream:.*/, ":*"));
  const statements = [...byResource].map(([Resource, needs]) => ({ Effect: "Allow", Action: needs.map(({ action }) => action), Resource }));
  return sh`aws iam put-role-policy --role-name ${role} --policy-name start-tasks --policy-document ${document(...statements)}`;
}
