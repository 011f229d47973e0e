import type { Granted } from "../aws.ts";
import { given } from "../fact.ts";
import { decide, type PolicyDocument, parsePolicy } from "./iam-policies.ts";
import { contextOf, type Decided } from "./role-decisions.ts";
import type { OwnRole } from "./role-types.ts";
import type { Need } from "./start-needs.ts";

/** The calls by which a role's policies are read. */
export const readingPolicies = [
  "iam:GetPolicy",
  "iam:GetPolicyVersion",
  "iam:GetRolePolicy",
  "iam:ListAttachedRolePolicies",
  "iam:ListRolePolicies",
] as const;

type Iam = Granted<(typeof readingPolicies)[number]>["iam"];

/** A role's own policies, and what bounds them. */
export type RolePolicies = { readonly own: readonly PolicyDocument[]; readonly boundary: PolicyDocument | null };

/** Reads every policy of a role, managed or written into it. */
export async function policiesOf(iam: Iam, { name, boundary }: OwnRole): Promise<RolePolicies> {
  const [attached, inline, bounds] = await Promise.all([
    iam.ListAttachedRolePolicies({ RoleName: name }),
    iam.ListRolePolicies({ RoleName: name }),
    boundary === null ? null : managed(iam, boundary),
  ]);
  const own = await Promise.all([
    ...given(attached.AttachedPolicies, "AttachedPolicies").map(({ PolicyArn }) => managed(iam, given(PolicyArn, "PolicyArn"))),
    ...given(inline.PolicyNames, "PolicyNames").map(async (PolicyName) => {
      const { PolicyDocument } = await iam.GetRolePolicy({ RoleName: name, PolicyName });
      return parsePolicy(given(PolicyDocument, "PolicyDocument"));
    }),
  ]);
  return { own, boundary: bounds };
}

async function managed(iam: Iam, PolicyArn: string): Promise<PolicyDocument> {
  const { Policy } = await iam.GetPolicy({ PolicyArn });
  const { PolicyVersion } = await iam.GetPolicyVersion({ PolicyArn, VersionId: given(Policy?.DefaultVersionId, "DefaultVersionId") });
  return parsePolicy(given(PolicyVersion?.Document, "Document"));
}

/** What a role's policies say to a need. What the organization adds to them is not known. */
export function evaluated(need: Need, { own, boundary }: RolePolicies, role: string): Decided {
  const request = { ...need, context: contextOf(need, role) };
  const [said, bounded] = [decide(own, request), boundary === null ? "allow" : decide([boundary], request)];
  if (said === "deny") return { ...need, decision: "deny", by: "role" };
  if (bounded === "deny") return { ...need, decision: "deny", by: "boundary" };
  if (said === "none") return { ...need, decision: "none", by: "role" };
  if (bounded === "none") return { ...need, decision: "none", by: "boundary" };
  if (said === "undecided" || bounded === "undecided")
    return { ...need, decision: "undecided", by: bounded === "undecided" ? "boundary" : "role" };
  return { ...need, decision: "allow", by: "role" };
}
