import { defineFact, known, type Link, type Reading } from "../fact.ts";
import type { View } from "../view.ts";
import { isCalled, secretArns, secretMeant, secrets } from "./secrets.ts";
import { type Reference, type TaskDefinition, taskDefinitions } from "./task-definitions.ts";

/** A reference to a secret, or to nothing that there could be. */
export type SecretReference = Reference & {
  /** As `family:revision`. */
  readonly taskDefinition: string;
  /** By what name or ARN `secrets` knows what it means. Null where it means none of this region. */
  readonly secret: string | null;
};

/** Where each reference leads. Absent: there is no secret under that ARN, though there is one of that name. */
export const secretReferences = defineFact("secretReferences", {
  kind: "reference",
  calls: ["secretsmanager:DescribeSecret"],
  needs: [taskDefinitions, secrets],
  absentOn: ["ResourceNotFoundException"],

  resources: ({ secrets }, arn) => ({ "secretsmanager:DescribeSecret": secretArns(secrets, arn) }),

  subjects: ({ facts }) =>
    facts.taskDefinitions
      .all()
      .flatMap(({ arn, references }) =>
        references.filter(({ target }) => target.to !== "parameter").map(({ name }) => `${revisionOf(arn)}/${name}`),
      ),

  async ask({ aws, subject, config, facts }) {
    const { definition, reference } = referenceCalled(subject, facts.taskDefinitions);
    const { target } = reference;
    const meant = secretMeant(target, definition.arn, config);
    if (target.to !== "secret" || meant === null || meant === target.id) return null;
    // Found by its name: that may be a later secret than the one whose ARN this is.
    const secret = facts.secrets.find(meant);
    return secret && !isCalled(secret, target.id) ? aws.secretsmanager.DescribeSecret({ SecretId: target.id }) : null;
  },

  read(answer, { subject, config, facts }): Reading<SecretReference> {
    const { definition, reference } = referenceCalled(subject, facts.taskDefinitions);
    const secret = answer?.Name ?? secretMeant(reference.target, definition.arn, config);
    return known({ ...reference, taskDefinition: revisionOf(definition.arn), secret });
  },

  links: ({ secret }, name): readonly Link[] => (secret === null ? [] : [[`reference:${name}`, `secret:${secret}`]]),
});

/** A reference by the name that findings give it: `family:revision/container/variable`. */
export function referenceCalled(name: string, definitions: View<TaskDefinition>) {
  const definition = definitions.get(name.slice(0, name.indexOf("/")));
  const reference = definition.references.find((one) => name === `${revisionOf(definition.arn)}/${one.name}`);
  if (!reference) throw new Error("a reference was asked about that its task definition does not have");
  return { definition, reference };
}

const revisionOf = (arn: string) => arn.slice(arn.lastIndexOf("/") + 1);
