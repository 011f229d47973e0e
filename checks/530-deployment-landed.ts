import { afterwards, defineCheck, type Finding, fail, on, pass, pending, sh, skip } from "../src/check.ts";
import { type Death, deathsOn } from "../src/diagnosis/deaths.ts";
import { type Change, type Changes, changesTo, mendOf } from "../src/diagnosis/mends.ts";
import { images } from "../src/facts/images.ts";
import { logGroups } from "../src/facts/log-groups.ts";
import { parameters } from "../src/facts/parameters.ts";
import { secretReferences } from "../src/facts/secret-references.ts";
import { secrets } from "../src/facts/secrets.ts";
import { type ServiceDeployment, serviceDeployments } from "../src/facts/service-deployments.ts";
import { type Deployment, primaryOf, services } from "../src/facts/services.ts";
import { taskDefinitionName, taskDefinitions } from "../src/facts/task-definitions.ts";
import { tasks } from "../src/facts/tasks.ts";

export default defineCheck({
  title: "The last deployment of every service landed",
  why: "After a roll-back everything looks healthy, and customers are still on yesterday's release.",
  severity: { "pre-scale-up": "warning", "post-deploy": "blocker", "sign-off": "blocker" },
  about: services,
  needs: [serviceDeployments, tasks, taskDefinitions, secretReferences, secrets, parameters, images, logGroups],
  breaks: true,
  symptom: true,
  none: skip("there is no service"),

  evaluate(service, facts, { name }) {
    const primary = primaryOf(service);
    // What the service deployment leans on is the fact's to say.
    const about = (finding: Finding) => on(`deployment:${name}`, finding, []);
    if (service.controller !== "ECS" || !primary)
      return about(skip(`is not ECS's own to roll out: its controller is ${service.controller}`));

    const last = facts.serviceDeployments.get(name).last ?? traceOf(primary);
    if (!last) return about(skip("has left no trace: ECS keeps neither a service deployment nor a rollout state"));

    const { status, target, rollback } = last;
    const deployed = taskDefinitionName(primary.taskDefinition);
    const [meant, back] = [target ?? "its target", rollback?.to ?? deployed];
    const evidence = { ...last, deployed };
    // The list of service deployments may lag behind the service.
    if (status === "SUCCESSFUL" && primary.rollout === "IN_PROGRESS")
      return about(afterwards(pending(`is bringing ${deployed}`, evidence)));
    if (status === "SUCCESSFUL") return about(pass(`brought ${meant}`, evidence));
    if (status === "PENDING" || status === "IN_PROGRESS") return about(afterwards(pending(`is still bringing ${meant}`, evidence)));

    const reason = rollback?.reason ?? last.reason;
    // ECS does nothing when a service is told to be on the revision that it is on.
    const again = target && target !== deployed ? sh`--task-definition ${target}` : "--force-new-deployment";
    const deploy = `${sh`aws ecs update-service --service ${name}`} ${again}`;
    const mend = {
      do: `Find out why the tasks of ${meant} failed, mend it, and deploy again.`,
      run: [sh`aws ecs list-service-deployments --service ${name}`, deploy],
      // ECS takes up none that it gave up, whatever is mended.
      again: [deploy],
    };
    const says = `${endings[status](meant, back)}${reason ? `: ${reason}` : ""}`;
    const stale =
      target === deployed ? staleDeath(deathsOn(primary, facts.tasks.get(name).stopped), changesTo(primary.taskDefinition, facts)) : null;
    if (!stale) return about(fail(says, evidence, mend, "circuit-breaker-rollback"));

    const { death, change } = stale;
    return about(
      fail(
        `${says}; its tasks died at ${death.at}, before ${change.of} was changed at ${change.at}, and nothing has run since: ${death.message}`,
        { ...evidence, failedAt: death.at, message: death.message, mended: change },
        {
          do: `Force a new deployment: ${change.of} was changed after the last task had died, and nothing has run with it.`,
          run: [deploy],
        },
        death.cause ?? "circuit-breaker-rollback",
      ),
    );
  },
});

/** What the last task died of, if each that died may have been mended since. */
function staleDeath(deaths: readonly Death[], changes: Changes): { readonly death: Death; readonly change: Change } | null {
  const stale = deaths.map((death) => ({ death, change: mendOf(death, changes) }));
  const [last] = stale;
  return last?.change && stale.every(({ change }) => change !== null) ? { ...last, change: last.change } : null;
}

type Ending = Exclude<ServiceDeployment["status"], "SUCCESSFUL" | "PENDING" | "IN_PROGRESS">;

const endings: { readonly [S in Ending]: (target: string, back: string) => string } = {
  STOPPED: (target) => `ended before it had brought ${target}`,
  STOP_REQUESTED: (target) => `is being stopped before it has brought ${target}`,
  ROLLBACK_REQUESTED: (target, back) => `is about to be rolled back from ${target} to ${back}`,
  ROLLBACK_IN_PROGRESS: (target, back) => `is being rolled back from ${target} to ${back}`,
  ROLLBACK_SUCCESSFUL: (target, back) => `was rolled back from ${target} to ${back}`,
  ROLLBACK_FAILED: (target, back) => `failed to bring ${target}, and could not be rolled back${back === target ? "" : ` to ${back}`}`,
};

const told = { COMPLETED: "SUCCESSFUL", IN_PROGRESS: "IN_PROGRESS", FAILED: "STOPPED" } as const;

/** What a deployment from before ECS kept service deployments comes to. */
function traceOf({ id, rollout, rolloutReason, taskDefinition, createdAt }: Deployment): ServiceDeployment | null {
  const target = taskDefinitionName(taskDefinition);
  return rollout && { arn: id, status: told[rollout], reason: rolloutReason, createdAt, finishedAt: null, target, rollback: null };
}
