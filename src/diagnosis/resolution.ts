import { sh } from "../check.ts";
import type { SecretReference } from "../facts/secret-references.ts";
import { type SecretValue, versionMeant } from "../facts/secret-values.ts";
import type { Family } from "../facts/task-definition-families.ts";
import type { Reference } from "../facts/task-definitions.ts";

/** What the agent would stumble over. A registry's credentials are two keys, in any case; a whole secret may be any text. */
export function resolutionFault(
  { use, target }: Reference,
  { format, keys }: SecretValue,
): { readonly says: string; readonly cause: string } | null {
  const key = target.to === "secret" ? target.key : "";
  const held = Object.keys(keys);
  const asked = use === "registry" ? ["username", "password"] : key ? [key] : [];
  if (asked.length === 0) return format === "binary" ? { says: "is binary and arrives empty", cause: "secret-format-invalid" } : null;
  if (format !== "json") return { says: "is not a JSON object", cause: "secret-format-invalid" };
  const missing = asked.filter((one) => !held.some((name) => (use === "registry" ? name.toLowerCase() : name) === one));
  return missing.length === 0 ? null : { says: `lacks the json key ${missing.join(" and ")}`, cause: "secret-json-key-missing" };
}

/** What there is to say of a newer revision that has it right, and to do with it. */
export const newerRevision = (revision: string, right: Reference, runs: string, services: readonly string[]) => ({
  revision,
  evidence: { runs, services, newest: revision, newestAsks: right.valueFrom },
  fix: {
    do: `Deploy the newest revision, ${revision}, which has it right.`,
    run: services.map((service) => sh`aws ecs update-service --service ${service} --task-definition ${revision}`),
  },
});

/** What gives the same variable in the newest revision, where that asks for whatever is current. */
export function rightIn({ references }: Family, { name, use }: SecretReference): Reference | undefined {
  const same = references.find((one) => one.name === name && one.use === use);
  return same?.target.to === "secret" && versionMeant("", same.target) === "" ? same : undefined;
}
