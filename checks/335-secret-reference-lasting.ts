import { defineCheck, fail, pass, skip } from "../src/check.ts";
import { rewriteAndDeploy } from "../src/diagnosis/fixes.ts";
import { valueFromOf } from "../src/facts/references.ts";
import { secretReferences } from "../src/facts/secret-references.ts";
import { secrets } from "../src/facts/secrets.ts";
import { services, servicesOn } from "../src/facts/services.ts";
import { taskDefinitions } from "../src/facts/task-definitions.ts";

export default defineCheck({
  title: "Every reference to a secret is a full ARN that pins no version",
  why: "A reference that is pinned or vague works today, and stops working on the day that somebody changes a password.",
  severity: "warning",
  about: secretReferences,
  needs: [secrets, services, taskDefinitions],
  none: skip("refers to no secret"),

  evaluate({ name, taskDefinition, target, valueFrom, secret }, facts) {
    if (target.to !== "secret" || secret === null) return skip("names no secret of this region");
    const { arn } = facts.secrets.get(secret);
    const faults = [
      ...(target.id === arn ? [] : ["names the secret by less than its full ARN"]),
      ...(target.version === "" ? [] : [`is pinned to version ${target.version}, and no new value will reach it`]),
    ];
    if (faults.length === 0) return pass("is a full ARN without a pinned version", { valueFrom });

    const definition = facts.taskDefinitions.get(taskDefinition);
    const users = servicesOn(facts.services.all(), definition.arn).map(({ name }) => name);
    const lasting = valueFromOf(arn, { ...target, version: "" });
    return fail(
      faults.join(", and "),
      { valueFrom, arn },
      {
        do: `In a new revision of the task definition, let ${name} be valueFrom ${lasting}, and deploy it.`,
        run: rewriteAndDeploy(definition, users),
      },
    );
  },
});
