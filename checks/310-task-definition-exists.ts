import { defineCheck, fail, pass, presence, sh, skip } from "../src/check.ts";
import { revisionsOf, services } from "../src/facts/services.ts";
import { familyOf, taskDefinitionName, taskDefinitions } from "../src/facts/task-definitions.ts";

export default defineCheck({
  title: "Every task definition that a service names exists",
  why: "What runs today goes on running, but the next task that dies is never replaced.",
  severity: "blocker",
  about: presence(taskDefinitions),
  needs: [services],
  breaks: "starting",
  none: skip("no service is on a task definition"),

  evaluate(taskDefinition, facts, { name }) {
    if (taskDefinition.state === "known") return pass("exists", { arn: taskDefinition.value.arn, status: taskDefinition.value.status });

    const on = facts.services.all().filter((service) => revisionsOf(service).map(taskDefinitionName).includes(name));
    return fail(
      "does not exist",
      { answer: taskDefinition.why, services: on.map((service) => service.name) },
      {
        do: "Deploy a revision that exists; the family's name stands for its newest ACTIVE one.",
        run: on.map((service) => sh`aws ecs update-service --service ${service.name} --task-definition ${familyOf(name)}`),
      },
      "invalid-task-configuration",
    );
  },
});
