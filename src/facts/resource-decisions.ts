import { decide, type PolicyDocument, rootOf } from "./iam-policies.ts";
import { contextOf, type Decided } from "./role-decisions.ts";
import type { OwnRole } from "./role-types.ts";
import type { SecretKey } from "./secret-keys.ts";

/**
 * What becomes of a decision when the resource's own policy is heard too: within one account either may allow, and each may deny.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
 */
export function withSecretPolicy(need: Decided, policy: PolicyDocument | null, role: OwnRole): Decided {
  if (policy === null || need.decision === "deny") return need;
  const said = decide([policy], { ...need, principal: role.arn, context: contextOf(need, role.arn) });
  if (said === "deny") return { ...need, decision: "deny", by: "secret" };
  if (said === "undecided") return { ...need, decision: "undecided", by: "secret" };
  if (said === "none" || need.decision === "allow") return need;
  // A boundary holds for what is allowed to the role, and not for what is allowed to its session.
  if (role.boundary !== null) return { ...need, decision: "undecided", by: "boundary" };
  return { ...need, decision: "allow", by: "secret" };
}

/**
 * What becomes of it when the key is looked at: its policy has to allow it, to the role or to the account, whose policies then decide.
 * Null where there is no such key. What another account's key says shows only when a task starts.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
 */
export function withKey(need: Decided, key: SecretKey | null, role: string): Decided {
  if (key?.state !== "Enabled") return { ...need, decision: "deny", by: key ? "key state" : "key missing" };
  if (key.policy === null || need.decision === "deny") return need;
  const request = { ...need, context: contextOf(need, role) };
  const direct = decide([key.policy], { ...request, principal: role });
  if (direct === "deny") return { ...need, decision: "deny", by: "key" };
  if (direct === "allow") return { ...need, decision: "allow", by: "key" };
  const account = decide([key.policy], { ...request, principal: rootOf(role.split(":")[4] ?? "", role) });
  if (direct === "undecided" || account === "undecided") return { ...need, decision: "undecided", by: "key" };
  return account === "allow" ? need : { ...need, decision: "none", by: "key" };
}
