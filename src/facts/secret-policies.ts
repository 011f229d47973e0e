import { defineFact, known, type Reading } from "../fact.ts";
import { type PolicyDocument, parsePolicy } from "./iam-policies.ts";
import { secretArns, secretMeant } from "./secrets.ts";
import { taskDefinitions } from "./task-definitions.ts";

/** What a secret's own policy says of who may read it; null where it has none, or belongs to another account. */
export type SecretPolicy = { readonly policy: PolicyDocument | null };

/** The resource policies of the secrets that task definitions refer to. */
export const secretPolicies = defineFact("secretPolicies", {
  kind: "secret-policy",
  calls: ["secretsmanager:GetResourcePolicy"],
  needs: [taskDefinitions],
  absentOn: ["ResourceNotFoundException"],

  subjects: ({ config, facts }) =>
    facts.taskDefinitions
      .all()
      .flatMap(({ arn, references }) => references.flatMap(({ target }) => secretMeant(target, arn, config) ?? [])),

  async ask({ aws, subject, facts }) {
    const own = facts.taskDefinitions.all().some(({ arn }) => !subject.startsWith("arn:") || subject.split(":")[4] === arn.split(":")[4]);
    return own ? aws.secretsmanager.GetResourcePolicy({ SecretId: subject }) : null;
  },

  resources: ({ secrets }, arn) => ({ "secretsmanager:GetResourcePolicy": secretArns(secrets, arn) }),

  read: (answer): Reading<SecretPolicy> => known({ policy: answer?.ResourcePolicy ? parsePolicy(answer.ResourcePolicy) : null }),
});
