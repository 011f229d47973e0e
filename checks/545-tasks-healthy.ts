import { defineCheck, each, type Finding, fail, on, pass, pending, sh, skip } from "../src/check.ts";
import { isDeploying, services } from "../src/facts/services.ts";
import { taskDefinitionName, taskDefinitions } from "../src/facts/task-definitions.ts";
import { type RunningTask, tasks } from "../src/facts/tasks.ts";

export default defineCheck({
  title: "Every running task passes its own health check",
  why: "A task that runs and is not well answers with errors, until ECS kills it and the next one takes its place.",
  severity: { "post-deploy": "blocker", "sign-off": "blocker" },
  about: tasks,
  needs: [services, taskDefinitions],
  breaks: true,
  symptom: "running",
  none: skip("there is no service"),

  evaluate({ running }, facts, { name }) {
    const judge = (task: RunningTask): Finding => {
      const containers = task.containers.map((container) => ({ name: container.name, health: container.health }));
      const evidence = { health: task.health, startedAt: task.startedAt, containers };
      if (task.health === "HEALTHY") return pass("is HEALTHY", evidence);
      if (task.health === "UNKNOWN") {
        // Without a health check AWS says UNKNOWN for ever.
        const checked = facts.taskDefinitions.get(task.taskDefinition).containers.some(({ healthCheck }) => healthCheck);
        return checked ? pending("has not told yet whether it is healthy", evidence) : skip("has no container health check");
      }
      if (isDeploying(facts.services.get(name))) return pending("is UNHEALTHY so far, while a deployment is in progress", evidence);
      return fail(
        "is UNHEALTHY",
        evidence,
        {
          do: "Find out why the container's health check command fails.",
          run: [sh`aws ecs describe-tasks --tasks ${task.id}`],
        },
        "container-healthcheck-failed",
      );
    };

    return each(running, {
      none: () => skip("has no running task"),
      some: (task) => on(`task:${task.id}`, judge(task), [`task-definition:${taskDefinitionName(task.taskDefinition)}`]),
    });
  },
});
