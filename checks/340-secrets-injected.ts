import { defineCheck, fail, pass, sh, skip } from "../src/check.ts";
import { rewriteAndDeploy } from "../src/diagnosis/fixes.ts";
import { foreignFor, injectionFault } from "../src/diagnosis/injection.ts";
import { canMean, valueFromOf } from "../src/facts/references.ts";
import { secretValues } from "../src/facts/secret-values.ts";
import { secretMeant, secrets } from "../src/facts/secrets.ts";
import { services } from "../src/facts/services.ts";
import { taskDefinitionFamilies } from "../src/facts/task-definition-families.ts";
import { type Reference, taskDefinitions } from "../src/facts/task-definitions.ts";

export default defineCheck({
  title: "Every service is given each secret key that it needs",
  why: "A key can be in the secret and still not be what the deployed revision asks for: the service starts without it and fails on a customer.",
  severity: "blocker",
  about: taskDefinitions,
  needs: [services, taskDefinitionFamilies, secrets, secretValues],
  breaks: true,
  none: skip("no service is on a task definition"),

  evaluate(definition, facts, { config }) {
    const { arn, family, revision } = definition;
    const on = facts.services.all().flatMap(({ name, taskDefinition }) => (taskDefinition === arn ? [name] : []));
    if (on.length === 0) return skip("is no service's deployed revision");
    const meant = Object.entries(config.secrets).filter(([, { injectedInto = [] }]) => on.some((name) => injectedInto.includes(name)));
    if (meant.length === 0) {
      // Where it is inferred what is meant, nothing is only once all secrets are known.
      if (config.inferred.includes("secrets")) facts.secrets.all();
      return skip("is not meant to be given a secret");
    }

    const holds = (secret: string, key: string) => {
      const value = facts.secrets.find(secret) && facts.secretValues.find(secret);
      return value === null || Object.hasOwn(value.keys, key);
    };
    const judged = (references: readonly Reference[]) => {
      const environment = references.filter(({ use }) => use === "environment");
      return meant.map(([secret, { keys = [] }]) => {
        const own = environment.filter(({ target }) => {
          const id = secretMeant(target, arn, config);
          // One of another region or account, or with an old suffix, is meant for it and wrong: that is for other checks to say.
          return id === secret || (id === null && target.to === "secret" && canMean(target.resource, secret));
        });
        if (keys.length === 0 && own.length === 0) return { faults: [`nothing of ${secret} is injected`], renamed: [], foreign: [] };
        const given = { keys, own, all: environment, holds: (key: string) => holds(secret, key) };
        const faults = keys.flatMap((key) => injectionFault(key, given) ?? []);
        const renamed = own.flatMap(({ target, variable }) =>
          target.to === "secret" && keys.includes(target.key) && target.key !== variable ? [`${target.key} as ${variable}`] : [],
        );
        const foreign = keys.flatMap((key) => {
          const from = foreignFor(key, given);
          return faults.length > 0 && from ? [{ key, from, meant: secret }] : [];
        });
        return { faults, renamed, foreign };
      });
    };

    const found = judged(definition.references);
    const faults = found.flatMap((one) => one.faults);
    const renamed = found.flatMap((one) => one.renamed);
    const evidence = { services: on, secrets: meant.map(([secret]) => secret), renamed };
    if (faults.length === 0)
      return pass(`injects every key that is required${renamed.length > 0 ? ` (${renamed.join(", ")})` : ""}`, evidence);

    const newest = facts.taskDefinitionFamilies.find(family);
    const says = `does not inject what is required: ${faults.join("; ")}`;
    if (newest && newest.newest > revision && judged(newest.references).every((one) => one.faults.length === 0)) {
      const next = `${family}:${newest.newest}`;
      const run = on.map((service) => sh`aws ecs update-service --service ${service} --task-definition ${next}`);
      return fail(says, { ...evidence, faults, newest: next }, { do: `Deploy the newest revision, ${next}, which injects them.`, run });
    }

    const others = found.flatMap((one) =>
      one.foreign.map(({ key, from, meant: secret }) => ({
        key,
        valueFrom: from.valueFrom,
        from: secretMeant(from.target, arn, config),
        meant: secret,
        meantHolds: holds(secret, key),
      })),
    );
    const right = others.flatMap(({ key, meant: secret }) => {
      const there = facts.secrets.find(secret)?.arn;
      return there === undefined ? [] : [`${key} from ${valueFromOf(there, { key, stage: "", version: "" })}`];
    });
    const each = right.length > 0 ? `: ${right.join(", ")}` : "";
    return fail(
      says,
      { ...evidence, faults, others },
      {
        do: `Register a revision after ${revision} whose secrets name each key under its own name, as ARN:KEY::, and deploy it${each}.`,
        run: rewriteAndDeploy(definition, on),
      },
    );
  },
});
