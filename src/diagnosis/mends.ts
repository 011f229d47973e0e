import type { SecretReference } from "../facts/secret-references.ts";
import { versionMeant } from "../facts/secret-values.ts";
import type { Secret } from "../facts/secrets.ts";
import type { View } from "../view.ts";

/** When the newest change was made to a secret that a task definition, `family:revision`, reads as it is now; one read by its version does not count. */
export function secretsChangedAt(
  revision: string,
  { secretReferences, secrets }: { readonly secretReferences: View<SecretReference>; readonly secrets: View<Secret> },
): string | null {
  const changes = secretReferences.all().flatMap(({ taskDefinition, secret: name, target }) => {
    if (taskDefinition !== revision || name === null || target.to !== "secret") return [];
    const secret = secrets.find(name);
    return secret !== null && versionMeant(secret.name, target) === secret.name ? (secret.changedAt ?? []) : [];
  });
  return changes.toSorted().at(-1) ?? null;
}

/** What another value of a secret may mend: what reading it came to, and what the application makes of it. */
const bySecret = /^(secret-|app-crash|container-healthcheck|elb-healthcheck)/;

/** Whether a failure is older than a change of a secret that may have mended it; when that was is asked only where it matters. */
export const isMendedBySecret = (
  { at, cause }: { readonly at: string; readonly cause: string | null },
  changedAt: () => string | null,
): boolean => (cause === null || bySecret.test(cause)) && at < (changedAt() ?? "");
