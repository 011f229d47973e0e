import { defineCheck, fail, pass, sh, skip } from "../src/check.ts";
import { services, servicesOn } from "../src/facts/services.ts";
import { taskDefinitions } from "../src/facts/task-definitions.ts";

export default defineCheck({
  title: "Every task definition in use is ACTIVE",
  why: "Somebody has put this revision away: a service that has to be made again cannot be made from it, on the day when that is urgent.",
  severity: "warning",
  about: taskDefinitions,
  needs: [services],
  none: skip("no service is on a task definition"),

  evaluate({ arn, family, status }, facts) {
    if (status === "ACTIVE") return pass("is ACTIVE", { arn, status });

    const on = servicesOn(facts.services.all(), arn);
    return fail(
      `is ${status}: services go on running on it, but no new one can use it`,
      { arn, status, services: on.map(({ name }) => name) },
      {
        do: "Deploy the family's newest ACTIVE revision.",
        run: on.map(({ name }) => sh`aws ecs update-service --service ${name} --task-definition ${family}`),
      },
    );
  },
});
