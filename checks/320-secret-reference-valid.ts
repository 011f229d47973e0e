import { defineCheck, fail, pass, presence, skip } from "../src/check.ts";
import { rewriteAndDeploy } from "../src/diagnosis/fixes.ts";
import { canMean, valueFromOf } from "../src/facts/references.ts";
import { referenceCalled, secretReferences } from "../src/facts/secret-references.ts";
import { secretMeant, secrets } from "../src/facts/secrets.ts";
import { services, servicesOn } from "../src/facts/services.ts";
import { taskDefinitions } from "../src/facts/task-definitions.ts";

export default defineCheck({
  title: "Every reference to a secret is one that ECS can follow",
  why: "With one reference that leads nowhere no task of the service starts, however healthy the secret is.",
  severity: "blocker",
  about: presence(secretReferences),
  needs: [services, secrets, taskDefinitions],
  breaks: "starting",
  symptom: true,
  none: skip("refers to no secret"),

  evaluate(reading, facts, { name, config }) {
    const { definition, reference } = referenceCalled(name, facts.taskDefinitions);
    const { target, valueFrom } = reference;
    const evidence = { valueFrom };
    const mend = (to: string) => ({
      do: `In a new revision of the task definition, let ${reference.name} name ${to}, and deploy it.`,
      run: rewriteAndDeploy(
        definition,
        servicesOn(facts.services.all(), definition.arn).map((service) => service.name),
      ),
    });
    if (target.to !== "secret") {
      const why = target.to === "nothing" ? target.why : "names a parameter";
      return fail(why, evidence, mend("ARN, or ARN:KEY:STAGE:VERSION"), "secret-format-invalid");
    }

    const meant = secretMeant(target, definition.arn, config);
    if (meant === null) {
      const [, partition, , region] = definition.arn.split(":");
      const [there, here] = target.partition === partition ? [target.region, region] : [target.partition, partition];
      const asked = target.key ? `, where ${target.key} is asked for` : "";
      const says = `names a secret in ${there}${asked}, and the tasks run in ${here}`;
      const namesake = Object.keys(config.secrets).find((secret) => canMean(target.resource, secret)) ?? null;
      const shown = { ...evidence, there: there ?? null, here: here ?? null, key: target.key, namesake };
      return fail(says, shown, mend(`${namesake ?? "the secret"} of ${here}`), "secret-not-found");
    }
    const { arn } = facts.secrets.get(reading.state === "known" ? (reading.value.secret ?? meant) : meant);
    if (reading.state === "known") return pass("names a secret by an ARN under which it exists", { ...evidence, arn });
    return fail(
      `names ${target.id}, under which there is no secret: it is ${arn}`,
      { ...evidence, arn, answer: reading.why },
      mend(valueFromOf(arn, target)),
      "secret-not-found",
    );
  },
});
