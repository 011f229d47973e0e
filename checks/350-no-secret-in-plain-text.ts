import { defineCheck, fail, pass, skip } from "../src/check.ts";
import { registerAndDeploy } from "../src/diagnosis/fixes.ts";
import { secretValues } from "../src/facts/secret-values.ts";
import { secretMeant, secrets } from "../src/facts/secrets.ts";
import { services, servicesOn } from "../src/facts/services.ts";
import { taskDefinitions } from "../src/facts/task-definitions.ts";

export default defineCheck({
  title: "No secret stands in a plain environment",
  why: "Whoever may look at a task definition can read it, it stays in every old revision, and changing the secret changes nothing.",
  severity: "warning",
  about: taskDefinitions,
  needs: [services, secrets, secretValues],
  none: skip("no service is on a task definition"),

  evaluate({ arn, family, containers, references }, facts, { config }) {
    const on = servicesOn(facts.services.all(), arn).map(({ name }) => name);
    const asked = new Set(references.map(({ target }) => secretMeant(target, arn, config)));
    const meant = Object.entries(config.secrets).filter(([secret, { injectedInto }]) =>
      injectedInto ? on.some((name) => injectedInto.includes(name)) : asked.has(secret),
    );
    if (meant.length === 0) {
      // Where it is inferred what is meant, nothing is only once all secrets are known.
      if (config.inferred.includes("secrets")) facts.secrets.all();
      return skip("is not meant to be given a secret");
    }

    const keys = new Set(meant.flatMap(([secret, stated]) => stated.keys ?? Object.keys(facts.secretValues.get(secret).keys)));
    const plain = containers.flatMap(({ name, variables }) => variables.filter((one) => keys.has(one)).map((one) => `${name}/${one}`));
    const evidence = { secrets: meant.map(([secret]) => secret), keys: [...keys], plain };
    if (plain.length === 0) return pass("has no key of a secret in its plain environment", evidence);
    return fail(`sets in plain text what a secret holds: ${plain.join(", ")}`, evidence, {
      do: "Register a revision that takes these variables from the secret, deploy it, and change the values that everybody could read.",
      run: registerAndDeploy(family, on),
    });
  },
});
