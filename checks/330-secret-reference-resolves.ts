import { byItself, defineCheck, type Finding, type Fix, fail, on, pass, sh, skip } from "../src/check.ts";
import type { Config } from "../src/config.ts";
import { rewriteAndDeploy } from "../src/diagnosis/fixes.ts";
import { newerRevision, resolutionFault, rightIn } from "../src/diagnosis/resolution.ts";
import { nearMiss } from "../src/facts/near-miss.ts";
import { valueFromOf } from "../src/facts/references.ts";
import { type SecretReference, secretReferences } from "../src/facts/secret-references.ts";
import { type SecretValue, secretValues, versionMeant } from "../src/facts/secret-values.ts";
import { type Secret, secretMeant, secrets } from "../src/facts/secrets.ts";
import { services, servicesOn } from "../src/facts/services.ts";
import { taskDefinitionFamilies } from "../src/facts/task-definition-families.ts";
import { type TaskDefinition, taskDefinitions } from "../src/facts/task-definitions.ts";

export default defineCheck({
  title: "Every reference finds what it asks for in the version that it means",
  why: "A key can be in the secret and still not in the version that a task is told to read: then no task starts, and nobody sees why.",
  severity: "blocker",
  about: secretReferences,
  needs: [services, taskDefinitions, taskDefinitionFamilies, secrets, secretValues],
  breaks: "starting",
  symptom: true,
  none: skip("refers to no secret"),

  evaluate(reference, facts, { name, config }) {
    const { target, secret: meant, valueFrom } = reference;
    if (target.to !== "secret" || meant === null) return skip("names no secret of this region");
    const secret = facts.secrets.get(meant);
    if (secret.deletedOn !== null) return skip("names a secret that is scheduled for deletion");

    const definition = facts.taskDefinitions.get(reference.taskDefinition);
    const users = servicesOn(facts.services.all(), definition.arn).map(({ name }) => name);
    const rewritten = (key: string) => rewiring(reference, secret, key, definition, users);
    const subject = versionMeant(secret.name, target);
    const pin = subject === secret.name ? null : pinOf(target);
    /** The newest revision, where that is not the one in question and asks the same secret for what it has. */
    const newest = () => {
      const family = facts.taskDefinitionFamilies.find(definition.family);
      const right = family && family.newest > definition.revision ? rightIn(family, reference) : undefined;
      const current = right && facts.secretValues.find(secret.name);
      if (!family || !right || !current) return null;
      if (secretMeant(right.target, family.arn, config) !== meant || resolutionFault(right, current) !== null) return null;
      return newerRevision(`${family.family}:${family.newest}`, right, reference.taskDefinition, users);
    };
    // A missing AWSCURRENT is the secret's own fault; a pinned version that is missing is the reference's.
    const found = pin === null ? facts.secretValues.get(subject) : facts.secretValues.find(subject);
    if (found === null) {
      const apart = target.stage !== "" && secret.versions[target.version]?.includes(target.stage) === false;
      const says = `is pinned to ${pin}, ${apart ? "which do not belong together" : "which does not exist or has no value"}`;
      const better = newest();
      const evidence = { valueFrom, versions: secret.versions, ...better?.evidence };
      return byItself(fail(says, evidence, better?.fix ?? rewritten(target.key), "secret-no-current-version"));
    }

    const fault = resolutionFault(reference, found);
    const { version, stages, created } = found;
    if (fault === null) return pass("finds what it asks for", { valueFrom, version, stages });

    const current = facts.secretValues.find(secret.name);
    // What a pinned version lacks does not come of what is wrong with the current one.
    const own = current?.version === version ? (finding: Finding) => finding : byItself;
    const near = nearMiss(target.key, Object.keys(found.keys));
    const evidence = { valueFrom, version, stages, created, held: Object.keys(found.keys), near: near ?? null, inside: found.inside };

    const better = newest();
    if (better) {
      const says = `reads ${pin ?? "AWSCURRENT"}, which ${fault.says}; ${better.revision}, which is newer, asks for what is there`;
      return own(fail(says, { ...evidence, ...better.evidence }, better.fix, fault.cause));
    }

    const hasIt = pin !== null && current !== null && resolutionFault(reference, current) === null;
    const shown = pin === null || !current ? evidence : { ...evidence, heldBy: hasIt ? current.stages : [], current: momentOf(current) };
    if (!hasIt) {
      const under = found.inside[target.key];
      const hint = near === undefined ? "" : `; ${JSON.stringify(near)} was probably meant`;
      const place = under ? `; it stands inside ${JSON.stringify(under)}, where ECS does not look` : "";
      const other = requiredFrom(target.key, users, config);
      const fix = near === undefined ? filled(reference, secret) : rewritten(near);
      const finding = own(fail(`reads ${pin ?? "AWSCURRENT"}, which ${fault.says}${hint || place}`, shown, fix, fault.cause));
      // Asked of another secret than the one that is to give it: the revision is at fault, and this follows.
      return other !== undefined && other !== meant
        ? on(`reference:${name}`, finding, [`task-definition:${reference.taskDefinition}`])
        : finding;
    }
    const age = created < current.created ? "a version older than AWSCURRENT" : "another version than AWSCURRENT";
    const says = `is pinned to ${pin}, ${age}, which ${fault.says}; AWSCURRENT has what it asks for`;
    return own(fail(says, shown, rewritten(target.key), fault.cause));
  },
});

const momentOf = ({ version, created, keys }: SecretValue) => ({ version, created, held: Object.keys(keys) });

/** The secret that is to give services a key, by the configuration. */
const requiredFrom = (key: string, services: readonly string[], { secrets }: Config): string | undefined =>
  Object.keys(secrets).find((secret) => {
    const { keys = [], injectedInto = [] } = secrets[secret] ?? {};
    return keys.includes(key) && services.some((name) => injectedInto.includes(name));
  });

type Selector = { readonly stage: string; readonly version: string };
const pinOf = ({ stage, version }: Selector) => (version ? `version ${version}${stage ? ` and ${stage}` : ""}` : stage);

/** Lets the reference read that key of whatever is current. */
const rewiring = ({ name }: SecretReference, { arn }: Secret, key: string, definition: TaskDefinition, on: readonly string[]): Fix => ({
  do: `In a new revision of the task definition, let ${name} be valueFrom ${valueFromOf(arn, { key, stage: "", version: "" })}, and deploy it.`,
  run: rewriteAndDeploy(definition, on),
});

/** Lets the secret hold what the reference asks for. */
const filled = ({ target }: SecretReference, { name }: Secret): Fix => ({
  do: `Put a JSON object that has ${(target.to === "secret" && target.key) || "username and password"}, and keeps all else; or correct the reference.`,
  run: [sh`aws secretsmanager put-secret-value --secret-id ${name} --secret-string file://secret.json`],
});
