import { defineCheck, fail, pass, pending, sh, skip } from "../src/check.ts";
import { secretValues, versionMeant } from "../src/facts/secret-values.ts";
import { secretMeant, secrets } from "../src/facts/secrets.ts";
import { isDeploying, services } from "../src/facts/services.ts";
import { taskDefinitions } from "../src/facts/task-definitions.ts";
import { type RunningTask, tasks } from "../src/facts/tasks.ts";

export default defineCheck({
  title: "Every running task started after its secrets were last changed",
  why: "ECS reads a secret once, when a task starts: the password was changed, and the service still uses the old one.",
  severity: { "post-deploy": "warning", "sign-off": "warning" },
  about: tasks,
  needs: [services, taskDefinitions, secrets, secretValues],
  none: skip("there is no service"),

  evaluate({ running }, facts, { name, config }) {
    /** The secrets whose current version a task was given when it started; one that it asks for by version does not change. */
    const currentOf = ({ taskDefinition }: RunningTask) =>
      facts.taskDefinitions.get(taskDefinition).references.flatMap(({ use, target }) => {
        const id = use === "environment" ? secretMeant(target, taskDefinition, config) : null;
        if (id === null || target.to !== "secret") return [];
        const secret = facts.secrets.get(id).name;
        return versionMeant(secret, target) === secret ? [facts.secretValues.get(secret)] : [];
      });

    const started = running.filter(({ startedAt }) => startedAt !== null);
    const given = started.map((task) => ({ task, values: currentOf(task) }));
    const values = new Map(given.flatMap((one) => one.values.map((value) => [value.secret, value.created] as const)));
    if (started.length === 0) return skip("has no running task");
    if (values.size === 0) return skip("is given no secret whose current version could change");

    const isStale = ({ startedAt }: RunningTask, created: string) => (startedAt ?? "") < created;
    const stale = given.filter(({ task, values }) => values.some(({ created }) => isStale(task, created))).map(({ task }) => task);
    const changed = [...values].filter(([, created]) => stale.some((task) => isStale(task, created))).map(([secret]) => secret);
    const evidence = {
      started: started.map(({ id, startedAt }) => `${id} at ${startedAt}`),
      secrets: Object.fromEntries(values),
      stale: stale.map(({ id }) => id),
    };
    if (stale.length === 0) return pass("runs no task that is older than its secrets", evidence);

    const says = `runs ${stale.length} of ${started.length} tasks that started before the current version of ${changed.join(", ")} was made`;
    if (isDeploying(facts.services.get(name))) return pending(`${says}, so far`, evidence);
    return fail(says, evidence, {
      do: "Force a new deployment, so that new tasks read the secret as it is now.",
      run: [sh`aws ecs update-service --service ${name} --force-new-deployment`],
    });
  },
});
