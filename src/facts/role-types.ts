import type { GetRoleResponse } from "@aws-sdk/client-iam";
import { given, known, type Reading, unknown } from "../fact.ts";
import { decide, type PolicyDocument, parsePolicy } from "./iam-policies.ts";

/** A role of the account that the tasks run in: whether ECS may give it to tasks, and what bounds it. */
export type OwnRole = {
  readonly name: string;
  readonly arn: string;
  readonly elsewhere: null;
  readonly trusted: boolean;
  /** Who may assume it, as IAM keeps it. */
  readonly trust: PolicyDocument;
  /** The ARN of its permissions boundary. */
  readonly boundary: string | null;
};

/** A role that a task definition names. Of one in another account nothing is known but which. */
export type Role = OwnRole | { readonly name: string; readonly arn: string; readonly elsewhere: string };

/** Whether a role is one of the account's own. */
export const isOwn = (role: object): role is OwnRole => "elsewhere" in role && role.elsewhere === null;

/** What IAM takes for a role's name: the last part of its ARN, behind any path. */
export const roleName = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

/** The account that an ARN is in. */
export const accountIn = (arn: string): string => arn.split(":")[4] ?? "";

/** A role by the answer of GetRole, or, where that is null, as one of another account. A task definition, by its ARN, names it for tasks of a cluster. */
export function readRole(answer: Pick<GetRoleResponse, "Role"> | null, arn: string, tasks: Tasks): Reading<Role> {
  if (answer === null) return known({ name: roleName(arn), arn, elsewhere: accountIn(arn) });
  const { Arn, RoleName, AssumeRolePolicyDocument, PermissionsBoundary } = given(answer.Role, "Role");
  const trust = parsePolicy(given(AssumeRolePolicyDocument, "AssumeRolePolicyDocument"));
  const trusted = trusts(trust, arn, tasks);
  if (trusted === "undecided")
    return unknown("invalid", "whether it trusts ecs-tasks.amazonaws.com hangs on a condition that only AWS can decide");
  return known({
    name: given(RoleName, "RoleName"),
    arn: given(Arn, "Arn"),
    elsewhere: null,
    trusted: trusted === "allow",
    trust,
    boundary: PermissionsBoundary?.PermissionsBoundaryArn ?? null,
  });
}

type Tasks = { readonly definition: string; readonly cluster: string };

/**
 * Whether ECS may assume a role for tasks. It tells the account and the region; what names a cluster may not do what is meant.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#create_task_iam_policy_and_role
 */
function trusts(trust: PolicyDocument, role: string, { definition, cluster }: Tasks) {
  const [, partition, , region, account = ""] = definition.split(":");
  const [ecs, name] = [`arn:${partition}:ecs:${region}:${account}`, cluster.slice(cluster.lastIndexOf("/") + 1)];
  const sources = [`${ecs}:*`, `${ecs}:cluster/${name}`, `${ecs}:service/${name}/any`, `${ecs}:task/${name}/any`];
  const context = { "aws:SourceAccount": account, "aws:SourceArn": sources, "sts:ExternalId": [] };
  return decide([trust], { action: "sts:AssumeRole", resource: role, principal: "ecs-tasks.amazonaws.com", context });
}
