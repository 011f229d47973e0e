import { defineCheck, fail, pass, presence, sh, skip } from "../src/check.ts";
import { valueFromOf } from "../src/facts/references.ts";
import { referenceCalled, secretReferences } from "../src/facts/secret-references.ts";
import { secretMeant, secrets } from "../src/facts/secrets.ts";
import { taskDefinitions } from "../src/facts/task-definitions.ts";

export default defineCheck({
  title: "Every reference to a secret is one that ECS can follow",
  why: "With one reference that leads nowhere no task of the service starts, however healthy the secret is.",
  severity: "blocker",
  about: presence(secretReferences),
  needs: [secrets, taskDefinitions],
  breaks: true,
  symptom: true,
  none: skip("refers to no secret"),

  evaluate(reading, facts, { name, config }) {
    const { definition, reference } = referenceCalled(name, facts.taskDefinitions);
    const { target, valueFrom } = reference;
    const evidence = { valueFrom };
    const mend = (to: string) => ({
      do: `In a new revision of the task definition, let ${reference.name} name ${to}, and deploy it.`,
      run: [
        sh`aws ecs describe-task-definition --task-definition ${definition.arn} --query taskDefinition`,
        "aws ecs register-task-definition --cli-input-json file://task-definition.json",
      ],
    });
    if (target.to !== "secret") {
      const why = target.to === "nothing" ? target.why : "names a parameter";
      return fail(why, evidence, mend("ARN, or ARN:KEY:STAGE:VERSION"), "secret-format-invalid");
    }

    const meant = secretMeant(target, definition.arn, config);
    if (meant === null) {
      const [, partition, , region] = definition.arn.split(":");
      const [there, here] = target.partition === partition ? [target.region, region] : [target.partition, partition];
      const says = `names a secret in ${there}, and the tasks run in ${here}`;
      return fail(says, evidence, mend("the secret of that region"), "secret-not-found");
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
