import { defineCheck, type Finding, fail, on, pass, pending, sh, skip } from "../src/check.ts";
import { currentFailures } from "../src/diagnosis/current-failures.ts";
import { changesTo } from "../src/diagnosis/mends.ts";
import { images } from "../src/facts/images.ts";
import { logGroups } from "../src/facts/log-groups.ts";
import { parameters } from "../src/facts/parameters.ts";
import { secretReferences } from "../src/facts/secret-references.ts";
import { secrets } from "../src/facts/secrets.ts";
import { isDeploying, primaryOf, services } from "../src/facts/services.ts";
import { taskDefinitions } from "../src/facts/task-definitions.ts";
import { tasks } from "../src/facts/tasks.ts";

export default defineCheck({
  title: "No service event tells of a failure of the current deployment",
  why: "ECS says what it could not do before anybody feels it; who does not read it learns of it from the customers.",
  severity: "warning",
  about: services,
  needs: [tasks, taskDefinitions, secretReferences, secrets, parameters, images, logGroups],
  symptom: true,
  none: skip("there is no service"),

  evaluate(service, facts, { name }) {
    const about = (finding: Finding) => on(`events:${name}`, finding, [`service:${name}`, `tasks:${name}`, `traffic:${name}`]);
    if (service.events.length === 0) return about(skip("are none"));
    const changes = changesTo(primaryOf(service)?.taskDefinition ?? service.taskDefinition, facts);
    const { open, stale } = currentFailures(service, { running: () => facts.tasks.get(name).running, changes });
    // That ECS gave up says less than what it gave up on.
    const last = open.find(({ cause }) => cause !== "circuit-breaker-rollback") ?? open[0];
    const evidence = {
      events: service.events.length,
      newest: service.events[0] ?? null,
      stale: stale.map(({ at, message }) => `${at}: ${message}`),
    };
    if (!last) return about(pass("tell of no failure of the current deployment", evidence));
    const says = `tell of a failure at ${last.at}: ${last.message}`;
    const shown = { ...evidence, failures: open.map(({ at, message }) => `${at}: ${message}`) };
    // A slow start looks like one that fails, until it is over.
    if (isDeploying(service) && open.every(({ lasting }) => !lasting)) return about(pending(says, shown));
    return about(
      fail(
        says,
        shown,
        {
          do: "Mend what the event names.",
          run: [sh`aws ecs describe-services --services ${name} --query ${"services[0].events[:10].[createdAt,message]"} --output text`],
        },
        last.cause,
      ),
    );
  },
});
