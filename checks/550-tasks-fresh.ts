import { defineCheck, fail, pass, pending, sh, skip } from "../src/check.ts";
import { type Parameter, parameters } from "../src/facts/parameters.ts";
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
  needs: [services, taskDefinitions, secrets, secretValues, parameters],
  none: skip("there is no service"),

  evaluate({ running }, facts, { name, config }) {
    /** What a task was given when it started, and when that was last changed; what it asks for by version does not change. */
    const currentOf = ({ taskDefinition }: RunningTask): readonly Given[] =>
      facts.taskDefinitions.get(taskDefinition).references.flatMap(({ use, target }) => {
        if (use !== "environment") return [];
        if (target.to === "parameter") return parameterOf(facts.parameters.find(target.id));
        const id = secretMeant(target, taskDefinition, config);
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
      do: `Force a new deployment, so that new tasks read ${changed.join(", ")} as it is now.`,
      run: [sh`aws ecs update-service --service ${name} --force-new-deployment`],
    });
  },
});

/** A secret, or a parameter, and when what is in it was made. */
type Given = { readonly secret: string; readonly created: string };

const parameterOf = (parameter: Parameter | null): readonly Given[] =>
  parameter?.elsewhere === null && parameter.changedAt !== null ? [{ secret: parameter.name, created: parameter.changedAt }] : [];
