import type { Config } from "../config.ts";
import { type Arn, defineFact, given, known, type Reading } from "../fact.ts";
import { canMean, suffix, type Target } from "./references.ts";
import { namesOr } from "./services.ts";
import { taskDefinitions } from "./task-definitions.ts";

/** A secret as it is described, without what is in it. Times are ISO 8601. */
export type Secret = {
  /** Its name; its ARN where the configuration gives that name to another account's secret. */
  readonly name: string;
  readonly arn: string;
  /** The staging labels of every version that has any, by version id. */
  readonly versions: { readonly [id: string]: readonly string[] };
  /** When anything about it was last changed, its versions included. */
  readonly changedAt: string | null;
  /** Null where it is not rotated. */
  readonly rotation: { readonly next: string | null; readonly last: string | null } | null;
  readonly deletedOn: string | null;
  /** The customer-managed key that it is encrypted under; null for AWS's own. */
  readonly kmsKey: string | null;
};

/** The secrets that the configuration names or a task definition refers to, as far as they are in this region. */
export const secrets = defineFact("secrets", {
  kind: "secret",
  calls: ["secretsmanager:DescribeSecret"],
  needs: [taskDefinitions],
  absentOn: ["ResourceNotFoundException"],

  subjects({ config, facts }) {
    const referred = facts.taskDefinitions
      .all()
      .flatMap(({ arn, references }) => references.map(({ target }) => secretMeant(target, arn, config)));
    return [...Object.keys(config.secrets), ...referred.filter((secret) => secret !== null)];
  },

  ask: ({ aws, subject }) => aws.secretsmanager.DescribeSecret({ SecretId: subject }),

  resources: ({ secrets }, arn) => ({ "secretsmanager:DescribeSecret": secretArns(secrets, arn) }),

  read(answer, { subject, config }): Reading<Secret> {
    const { RotationEnabled, NextRotationDate, LastRotatedDate, LastChangedDate, DeletedDate, KmsKeyId } = answer;
    const [name, arn] = [given(answer.Name, "Name"), given(answer.ARN, "ARN")];
    const iso = (date: Date | undefined) => date?.toISOString() ?? null;
    return known({
      name: subject !== name && Object.hasOwn(config.secrets, name) ? arn : name,
      arn,
      versions: answer.VersionIdsToStages ?? {},
      changedAt: iso(LastChangedDate),
      rotation: RotationEnabled ? { next: iso(NextRotationDate), last: iso(LastRotatedDate) } : null,
      deletedOn: iso(DeletedDate),
      kmsKey: KmsKeyId === undefined || KmsKeyId.endsWith("alias/aws/secretsmanager") ? null : KmsKeyId,
    });
  },

  name: (subject, secret) => secret?.name ?? subject.split(":").at(-1) ?? subject,
});

/**
 * What a policy may be narrowed to: the configured secrets, whose last six characters AWS chose; all where there is none. The name alone
 * is what AWS asks the policy for where there is no such secret.
 */
export const secretArns = (secrets: Config["secrets"], arn: Arn): readonly string[] =>
  namesOr(secrets, "*").flatMap((name) =>
    (name === "*" ? [name] : [name, `${name}-??????`]).map((id) => arn("secretsmanager", `secret:${id}`)),
  );

/** The version that a staging label is on. */
export const versionAt = ({ versions }: Secret, stage: string): string | undefined =>
  Object.keys(versions).find((id) => versions[id]?.includes(stage));

/** Whether AWS finds the secret by this name or ARN: an ARN may lack its suffix, unless it then ends as if it had one. */
export const isCalled = ({ name, arn }: Secret, id: string): boolean =>
  id === name || id === arn || (id === arn.replace(suffix, "") && !suffix.test(id));

/** By what name or ARN `secrets` knows what a reference means. Null where that is no secret, or one of another region. */
export function secretMeant(target: Target, taskDefinitionArn: string, config: Config): string | null {
  if (target.to !== "secret") return null;
  const names = Object.keys(config.secrets);
  if (target.region === null) return target.id;
  const [, partition, , region, account] = taskDefinitionArn.split(":");
  if (target.partition !== partition || target.region !== region) return null;
  if (target.account !== account) return target.id;
  const { resource } = target;
  return names.find((name) => name === resource) ?? names.find((name) => canMean(resource, name)) ?? target.id;
}
