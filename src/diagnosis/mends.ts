import { imageName } from "../facts/ecr-places.ts";
import type { Image } from "../facts/images.ts";
import type { LogGroup } from "../facts/log-groups.ts";
import type { Parameter } from "../facts/parameters.ts";
import type { SecretReference } from "../facts/secret-references.ts";
import { versionMeant } from "../facts/secret-values.ts";
import type { Secret } from "../facts/secrets.ts";
import { logGroupOf, type TaskDefinition } from "../facts/task-definitions.ts";
import type { View } from "../view.ts";

/** Something that a task definition leans on, by its name as findings have it, and when it was last changed or made. */
export type Change = { readonly of: string; readonly at: string };

const kinds = ["secret", "parameter", "image", "log-group"] as const;
type Kind = (typeof kinds)[number];

/** What has changed of one kind: asked only where it matters. */
export type Changes = (kind: Kind) => readonly Change[];

/** What the times of change are told by. */
type Leaned = {
  readonly taskDefinitions: View<TaskDefinition>;
  readonly secretReferences: View<SecretReference>;
  readonly secrets: View<Secret>;
  readonly parameters: View<Parameter>;
  readonly images: View<Image>;
  readonly logGroups: View<LogGroup>;
};

const application = "app-crash|container-healthcheck|elb-healthcheck";

/**
 * What another value, image or group may mend. A role, a policy, a network or a quota may mend something too, but AWS tells of none of them
 * when it was last changed, so that a failure to do with those stays open until something has run since.
 */
const mending: Readonly<Record<Kind, RegExp>> = {
  secret: new RegExp(`^(secret-|${application})`),
  parameter: new RegExp(`^(ssm-parameter|${application})`),
  image: new RegExp(`^(image-not-found|image-platform|bad-entrypoint|container-oom|${application})`),
  "log-group": /^log-group-missing/,
};

/** The newest change that may have mended a failure, if one is newer than it. What killed in words that nobody knows, anything may have mended. */
export function mendOf({ at, cause }: { readonly at: string; readonly cause: string | null }, changes: Changes): Change | null {
  const may = kinds.filter((kind) => cause === null || mending[kind].test(cause));
  const later = may.flatMap(changes).filter((change) => at < change.at);
  return later.toSorted((a, b) => b.at.localeCompare(a.at))[0] ?? null;
}

/** When what a task definition leans on was last changed. */
export function changesTo(arn: string | null, facts: Leaned): Changes {
  const definition = () => (arn === null ? null : facts.taskDefinitions.find(arn));
  const dated = (of: string, at: string | null): readonly Change[] => (at === null ? [] : [{ of, at }]);
  const of: Readonly<Record<Kind, (revision: TaskDefinition) => readonly Change[]>> = {
    secret: ({ family, revision }) =>
      secretsRead(`${family}:${revision}`, facts).flatMap(({ name, changedAt }) => dated(`secret:${name}`, changedAt)),
    parameter: ({ references }) =>
      references.flatMap(({ target }) => {
        const parameter = target.to === "parameter" ? facts.parameters.find(target.id) : null;
        return parameter?.elsewhere === null ? dated(`parameter:${parameter.name}`, parameter.changedAt) : [];
      }),
    // Under the same name: another one would be another revision's. A tag that was moved to an image of before says nothing.
    image: ({ containers }) =>
      containers.flatMap(({ image }) => {
        const found = facts.images.find(image);
        return found?.elsewhere === null ? dated(`image:${imageName(image)}`, found.pushedAt) : [];
      }),
    "log-group": ({ arn: on, containers }) =>
      containers.flatMap((container) => {
        const group = logGroupOf(on, container);
        const found = group === null ? null : facts.logGroups.find(group);
        return found ? dated(`log-group:${found.name}`, found.createdAt) : [];
      }),
  };
  return (kind) => {
    const revision = definition();
    return revision ? of[kind](revision) : [];
  };
}

/** The secrets that a task definition reads as they are now; one read by its version does not change for it. */
function secretsRead(name: string, { secretReferences, secrets }: Pick<Leaned, "secretReferences" | "secrets">): readonly Secret[] {
  return secretReferences.all().flatMap(({ taskDefinition, secret: meant, target }) => {
    if (taskDefinition !== name || meant === null || target.to !== "secret") return [];
    const secret = secrets.find(meant);
    return secret !== null && versionMeant(secret.name, target) === secret.name ? [secret] : [];
  });
}
