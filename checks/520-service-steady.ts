import { afterwards, byItself, defineCheck, fail, pass, pending, sh, skip } from "../src/check.ts";
import { changesTo, mendOf } from "../src/diagnosis/mends.ts";
import { terminalFailure } from "../src/diagnosis/service-events.ts";
import { images } from "../src/facts/images.ts";
import { logGroups } from "../src/facts/log-groups.ts";
import { parameters } from "../src/facts/parameters.ts";
import { secretReferences } from "../src/facts/secret-references.ts";
import { secrets } from "../src/facts/secrets.ts";
import { isDeploying, primaryOf, services } from "../src/facts/services.ts";
import { taskDefinitions } from "../src/facts/task-definitions.ts";
import { tasks } from "../src/facts/tasks.ts";

export default defineCheck({
  title: "Every service runs all its tasks, on one deployment",
  why: "With tasks missing, customers wait or are turned away; with none, the product is down.",
  severity: { "post-deploy": "blocker", "sign-off": "blocker" },
  about: services,
  needs: [tasks, taskDefinitions, secretReferences, secrets, parameters, images, logGroups],
  breaks: true,
  symptom: true,
  none: skip("there is no service"),

  evaluate(service, facts, { name, config, scene }) {
    const { status, scheduling, desired, running, pending: starting } = service;
    const stated = config.services[name]?.desiredCount;
    const least = scheduling === "DAEMON" ? 0 : (stated ?? 1);
    const primary = primaryOf(service);
    const live = service.deployments.filter((deployment) => deployment.status !== "INACTIVE");
    const rollouts = live.map(({ id, rollout }) => ({ id, rollout }));
    const evidence = { desired, running, pending: starting, atLeast: least, deployments: rollouts };
    const scaleUp = {
      do: `Scale it up to at least ${Math.max(least, 1)}.`,
      run: [sh`aws ecs update-service --service ${name} --desired-count ${Math.max(least, 1)}`],
    };

    if (status === "DRAINING") return skip("is being deleted");
    if (desired === 0 && (scene === "sign-off" || stated === 0)) return skip("is at rest: it wants no task");
    // How many are wanted is what somebody said, and follows from nothing that is broken.
    if (desired === 0) return byItself(fail("is at rest: it wants no task", evidence, scaleUp));

    // CodeDeploy keeps the tasks before a deployment for as long as it is told to.
    const counted = primary ? running === desired && live.length === 1 : running >= desired;
    const done = primary?.rollout === "COMPLETED" || (primary?.rollout ?? null) === null;
    if (desired >= least && counted && done) return pass(`runs ${running} of ${desired} tasks`, evidence);

    // What ran before a deployment goes on serving until its own tasks do.
    const runs =
      primary && live.length > 1
        ? `runs ${primary.running} of ${desired} tasks of its current deployment`
        : `runs ${running} of ${desired} tasks`;
    const failure = terminalFailure({ primary, events: service.events, ...facts.tasks.get(name) });
    const mended = failure ? mendOf(failure, changesTo(primary?.taskDefinition ?? service.taskDefinition, facts)) : null;
    if (failure && mended && isDeploying(service))
      return pending(`${runs} so far, and ${mended.of} was changed since the last failure`, {
        ...evidence,
        failedAt: failure.at,
        mended,
      });
    if (failure)
      return fail(
        `${runs}, and will not get further: ${failure.message}`,
        { ...evidence, failedAt: failure.at, message: failure.message, ...(mended && { mended }) },
        {
          do: mended
            ? `Force a new deployment: ${mended.of} was changed since the last failure, and nothing has run since.`
            : "Mend what the message names, then force a new deployment.",
          run: [sh`aws ecs update-service --service ${name} --force-new-deployment`],
        },
        failure.cause,
      );
    if (desired < least) return byItself(fail(`wants ${desired} of at least ${least} tasks`, evidence, scaleUp));
    if (!isDeploying(service)) return pending(`${runs} so far`, evidence);
    const moving = pending(`${runs} so far, while a deployment is in progress`, evidence);
    // Once its own tasks run, all that it lacks is its end.
    return (primary?.running ?? 0) >= desired ? afterwards(moving) : moving;
  },
});
