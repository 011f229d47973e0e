import type { Config } from "../config.ts";
import { defineFact, known, type Reading, unknown } from "../fact.ts";
import type { Views } from "../view.ts";
import { executionRoles } from "./execution-roles.ts";
import type { Target } from "./references.ts";
import { withKey, withSecretPolicy } from "./resource-decisions.ts";
import type { Decided } from "./role-decisions.ts";
import { evaluated, policiesOf, readingPolicies } from "./role-policies.ts";
import { simulated } from "./role-simulation.ts";
import { isOwn, type OwnRole, roleName } from "./role-types.ts";
import { secretKeys } from "./secret-keys.ts";
import { secretPolicies } from "./secret-policies.ts";
import { secretMeant, secrets } from "./secrets.ts";
import { services } from "./services.ts";
import { type Need, needsOf } from "./start-needs.ts";
import { taskDefinitions } from "./task-definitions.ts";

const needs = [services, taskDefinitions, secrets, secretPolicies, secretKeys, executionRoles] as const;
type Known = { readonly config: Config; readonly facts: Views<typeof needs> };

/** What ECS does with an execution role before its tasks run, and what of that it is refused. */
export type Permissions = { readonly allowed: readonly Decided[]; readonly refused: readonly Decided[] };

/**
 * What the execution roles may do, of what ECS needs of them. Unknown where nothing is refused for certain and something hangs on what
 * only AWS knows. A role's policies are read where the simulator may not be asked, or cannot decide.
 */
export const rolePermissions = defineFact("rolePermissions", {
  kind: "role",
  calls: ["iam:SimulatePrincipalPolicy", ...readingPolicies],
  dispensable: ["iam:SimulatePrincipalPolicy", ...readingPolicies],
  needs,

  subjects: ({ facts }) => facts.executionRoles.all().flatMap((role) => (isOwn(role) ? role.arn : [])),

  async ask({ aws, subject, ...rest }) {
    const decided = await simulated((input) => aws.iam.SimulatePrincipalPolicy(input), subject, askedOf(subject, rest).needs);
    const open = (one: Decided) => one.decision === "undecided" && one.by !== "organization";
    if (!decided.some(open)) return decided;
    const policies = await policiesOf(aws.iam, roleAt(subject, rest));
    return decided.map((one) => (open(one) ? evaluated(one, policies, subject) : one));
  },

  resources: (_config, arn) => Object.fromEntries(ofRoles.map((action) => [action, [arn("iam", "role/*")]])),

  read(answer, { subject, ...rest }): Reading<Permissions> {
    const role = roleAt(subject, rest);
    const { policies, keys } = askedOf(subject, rest);
    const decided = answer.map((one) => {
      if (one.action === "kms:Decrypt") return withKey(one, keys.get(one.resource) ?? null, subject);
      return withSecretPolicy(one, policies.get(one.resource) ?? null, role);
    });
    const refused = decided.filter(({ decision }) => decision === "deny" || decision === "none");
    const open = decided.find(({ decision }) => decision === "undecided");
    if (refused.length === 0 && open)
      return unknown(
        "invalid",
        `whether it may ${open.action} on ${open.resource} hangs on ${hanging[open.by]}, which only AWS can decide`,
      );
    return known({ allowed: decided.filter(({ decision }) => decision === "allow"), refused });
  },

  name: roleName,
});

const hanging: Readonly<Record<Decided["by"], string>> = {
  role: "a condition of its policies",
  boundary: "its permissions boundary",
  organization: "a service control policy of the organization",
  "another account": "a policy of another account",
  secret: "a condition of the secret's resource policy",
  key: "a condition of the key's policy",
  "key state": "the state of the key",
  "key missing": "the key",
  simulator: "what the simulator left out",
};

const ofRoles = ["iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies", "iam:SimulatePrincipalPolicy"];

function roleAt(arn: string, { facts }: Known): OwnRole {
  const role = facts.executionRoles.get(arn);
  if (!isOwn(role)) throw new Error("a role of another account was asked about");
  return role;
}

/** What is needed of a role by the task definitions that name it, and what besides its own policies has a say in that, by ARN. */
function askedOf(role: string, { config, facts }: Known) {
  const services = facts.services.all();
  const definitions = facts.taskDefinitions.all().filter(({ executionRole }) => executionRole === role);
  const secretOf = (target: Target, definition: string) => {
    const id = secretMeant(target, definition, config);
    const secret = id === null ? null : facts.secrets.find(id);
    return id !== null && secret !== null ? { id, secret } : null;
  };
  const read = definitions.flatMap(({ arn, references }) => references.flatMap(({ target }) => secretOf(target, arn) ?? []));
  const needs = definitions.flatMap((one) => needsOf(one, services, (target) => secretOf(target, one.arn)?.secret.arn ?? null));
  const keys = read.flatMap(({ secret: { name, kmsKey } }) => {
    const key = kmsKey === null ? null : facts.secretKeys.find(kmsKey);
    return kmsKey === null || key?.manager === "AWS" ? [] : [{ arn: key?.arn ?? kmsKey, key, of: `key of secret ${name}` }];
  });
  const all = [...needs, ...keys.map(({ arn, of }): Need => ({ action: "kms:Decrypt", resource: arn, of }))];
  return {
    needs: [...new Map(all.map((need) => [`${need.action} ${need.resource}`, need])).values()],
    policies: new Map(read.map(({ id, secret }) => [secret.arn, facts.secretPolicies.find(id)?.policy ?? null])),
    keys: new Map(keys.map(({ arn, key }) => [arn, key])),
  };
}
