import type { Decision } from "./iam-policies.ts";
import type { Need } from "./start-needs.ts";

/** What has a say in what a role may do. */
export type Say = "role" | "boundary" | "organization" | "another account" | "secret" | "key" | "key state" | "key missing" | "simulator";

/** What has been found out about a need, and what it was that decided, or left it open. */
export type Decided = Need & { readonly decision: Decision; readonly by: Say };

/** Why a need is refused. */
export function refusal({ decision, by }: Decided): string {
  if (by === "role") return decision === "deny" ? "a policy of the role denies it" : "no policy of the role allows it";
  if (by === "secret") return "the secret's resource policy denies it";
  if (by === "key") return `the key's policy ${decision === "deny" ? "denies it" : "does not allow it"}`;
  if (by === "key state") return "the key is not enabled";
  if (by === "key missing") return "there is no such key";
  return "the role's permissions boundary does not allow it";
}

/** What is known of the calls that ECS makes with a role, as condition keys. */
export function contextOf({ action, resource }: Need, role: string): { readonly [key: string]: string } {
  const [, , , region = "", owner = ""] = resource.split(":");
  const account = role.split(":")[4] ?? "";
  return {
    "aws:SecureTransport": "true",
    "aws:PrincipalArn": role,
    "aws:PrincipalAccount": account,
    "aws:PrincipalType": "AssumedRole",
    "aws:PrincipalIsAWSService": "false",
    ...(region ? { "aws:RequestedRegion": region } : {}),
    ...(owner ? { "aws:ResourceAccount": owner } : {}),
    ...(action === "secretsmanager:GetSecretValue" ? { "secretsmanager:SecretId": resource } : {}),
    // A secret's key is used by Secrets Manager on behalf of whoever reads it; how China calls that is not documented.
    ...(action === "kms:Decrypt" ? { "kms:CallerAccount": account } : {}),
    ...(action === "kms:Decrypt" && !role.startsWith("arn:aws-cn:") ? { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` } : {}),
  };
}

/** Whether a resource belongs to another account than the role, whose own policies are not asked for. */
export function isForeign({ resource }: Pick<Need, "resource">, role: string): boolean {
  const owner = resource.split(":")[4];
  return owner !== undefined && owner !== "" && owner !== role.split(":")[4];
}
