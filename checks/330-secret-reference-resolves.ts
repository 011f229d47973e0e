import { defineCheck, type Fix, fail, pass, sh, skip } from "../src/check.ts";
import { nearMiss } from "../src/facts/near-miss.ts";
import { valueFromOf } from "../src/facts/references.ts";
import { type SecretReference, secretReferences } from "../src/facts/secret-references.ts";
import { type SecretValue, secretValues, versionMeant } from "../src/facts/secret-values.ts";
import { type Secret, secrets } from "../src/facts/secrets.ts";

export default defineCheck({
  title: "Every reference finds what it asks for in the version that it means",
  why: "A key can be in the secret and still not in the version that a task is told to read: then no task starts, and nobody sees why.",
  severity: "blocker",
  about: secretReferences,
  needs: [secrets, secretValues],
  breaks: true,
  symptom: true,
  none: skip("refers to no secret"),

  evaluate(reference, facts) {
    const { target, secret: meant, valueFrom } = reference;
    if (target.to !== "secret" || meant === null) return skip("names no secret of this region");
    const secret = facts.secrets.get(meant);
    if (secret.deletedOn !== null) return skip("names a secret that is scheduled for deletion");

    const subject = versionMeant(secret.name, target);
    const pin = subject === secret.name ? null : pinOf(target);
    // A missing AWSCURRENT is the secret's own fault; a pinned version that is missing is the reference's.
    const found = pin === null ? facts.secretValues.get(subject) : facts.secretValues.find(subject);
    if (found === null) {
      const apart = target.stage !== "" && secret.versions[target.version]?.includes(target.stage) === false;
      const says = `is pinned to ${pin}, ${apart ? "which do not belong together" : "which does not exist or has no value"}`;
      return fail(says, { valueFrom, versions: secret.versions }, rewritten(reference, secret, target.key), "secret-no-current-version");
    }

    const fault = faultOf(reference, found);
    const { version, stages, created } = found;
    if (fault === null) return pass("finds what it asks for", { valueFrom, version, stages });

    const current = pin === null ? null : facts.secretValues.find(secret.name);
    const heldBy = current && faultOf(reference, current) === null ? current.stages : [];
    const held = Object.keys(found.keys);
    const near = nearMiss(target.key, held);
    const evidence = { valueFrom, version, stages, created, held, heldBy };
    if (pin === null || heldBy.length === 0) {
      const hint = near === undefined ? "" : `; ${JSON.stringify(near)} was probably meant`;
      const fix = near === undefined ? filled(reference, secret) : rewritten(reference, secret, near);
      return fail(`reads ${pin ?? "AWSCURRENT"}, which ${fault.says}${hint}`, evidence, fix, fault.cause);
    }
    const age = current && created < current.created ? "a version older than AWSCURRENT" : "another version than AWSCURRENT";
    const says = `is pinned to ${pin}, ${age}, which ${fault.says}; AWSCURRENT has what it asks for`;
    return fail(says, evidence, rewritten(reference, secret, target.key), fault.cause);
  },
});

type Selector = { readonly stage: string; readonly version: string };
const pinOf = ({ stage, version }: Selector) => (version ? `version ${version}${stage ? ` and ${stage}` : ""}` : stage);

/** What the agent would stumble over. A registry's credentials are two keys, in any case; a whole secret may be any text. */
function faultOf({ use, target }: SecretReference, { format, keys }: SecretValue): { says: string; cause: string } | null {
  const key = target.to === "secret" ? target.key : "";
  const held = Object.keys(keys);
  const asked = use === "registry" ? ["username", "password"] : key ? [key] : [];
  if (asked.length === 0) return format === "binary" ? { says: "is binary and arrives empty", cause: "secret-format-invalid" } : null;
  if (format !== "json") return { says: "is not a JSON object", cause: "secret-format-invalid" };
  const missing = asked.filter((one) => !held.some((name) => (use === "registry" ? name.toLowerCase() : name) === one));
  return missing.length === 0 ? null : { says: `lacks the json key ${missing.join(" and ")}`, cause: "secret-json-key-missing" };
}

/** Lets the reference read that key of whatever is current. */
const rewritten = ({ name, taskDefinition }: SecretReference, { arn }: Secret, key: string): Fix => ({
  do: `In a new revision of the task definition, let ${name} be valueFrom ${valueFromOf(arn, { key, stage: "", version: "" })}, and deploy it.`,
  run: [
    sh`aws ecs describe-task-definition --task-definition ${taskDefinition} --query taskDefinition`,
    "aws ecs register-task-definition --cli-input-json file://task-definition.json",
  ],
});

/** Lets the secret hold what the reference asks for. */
const filled = ({ target }: SecretReference, { name }: Secret): Fix => ({
  do: `Put a JSON object that has ${(target.to === "secret" && target.key) || "username and password"}, and keeps all else; or correct the reference.`,
  run: [sh`aws secretsmanager put-secret-value --secret-id ${name} --secret-string file://secret.json`],
});
