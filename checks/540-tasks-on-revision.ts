import { afterwards, defineCheck, fail, pass, pending, sh, skip } from "../src/check.ts";
import { isDeploying, services } from "../src/facts/services.ts";
import { taskDefinitionName } from "../src/facts/task-definitions.ts";
import { tasks } from "../src/facts/tasks.ts";

export default defineCheck({
  title: "Every running task is on the deployed revision",
  why: "As long as an old task is left, some customers get the old release, and no two of them see the same product.",
  severity: { "post-deploy": "blocker", "sign-off": "blocker" },
  about: services,
  needs: [tasks],
  breaks: true,
  symptom: true,
  none: skip("there is no service"),

  evaluate(service, facts, { name }) {
    const { taskDefinition } = service;
    const { running } = facts.tasks.get(name);
    if (taskDefinition === null) return skip("has no task definition of its own: another controller has not made a task set yet");
    if (running.length === 0) return skip("has no running task");

    const deployed = taskDefinitionName(taskDefinition);
    const others = running.filter((task) => task.taskDefinition !== taskDefinition);
    const evidence = {
      deployed,
      running: running.length,
      others: others.map((task) => `${task.id} on ${taskDefinitionName(task.taskDefinition)}`),
    };
    if (others.length === 0) return pass(`runs ${deployed} in all ${running.length} tasks`, evidence);

    const says = `runs ${others.length} of ${running.length} tasks on another revision than ${deployed}`;
    const moving = pending(`${says}, so far`, evidence);
    if (isDeploying(service)) return afterwards(moving);
    if (service.controller !== "ECS") return moving;
    return fail(says, evidence, {
      do: "Stop the tasks that are left over; ECS starts new ones on the deployed revision.",
      run: others.map(({ id }) => sh`aws ecs stop-task --task ${id}`),
    });
  },
});
