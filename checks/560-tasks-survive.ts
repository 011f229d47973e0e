import { defineCheck, type Finding, fail, on, pass, pending, skip } from "../src/check.ts";
import { type Death, deathsBefore, fateOf } from "../src/diagnosis/deaths.ts";
import { lastWordsOf } from "../src/diagnosis/last-words.ts";
import { changesTo } from "../src/diagnosis/mends.ts";
import { remedyOf } from "../src/diagnosis/remedies.ts";
import { images } from "../src/facts/images.ts";
import { lastWords } from "../src/facts/last-words.ts";
import { logGroups } from "../src/facts/log-groups.ts";
import { parameters } from "../src/facts/parameters.ts";
import { secretReferences } from "../src/facts/secret-references.ts";
import { secrets } from "../src/facts/secrets.ts";
import { primaryOf, services } from "../src/facts/services.ts";
import { taskDefinitionName, taskDefinitions } from "../src/facts/task-definitions.ts";
import { tasks } from "../src/facts/tasks.ts";

export default defineCheck({
  title: "No task has died of what will come again",
  why: "What killed the last task kills the next one: whoever scales up without knowing finds out together with the customers.",
  severity: "blocker",
  about: tasks,
  needs: [services, taskDefinitions, secretReferences, secrets, parameters, images, logGroups, lastWords],
  breaks: true,
  symptom: true,
  none: skip("there is no service"),

  evaluate({ running, stopped }, facts, { name, config, now }) {
    const service = facts.services.get(name);
    const arn = primaryOf(service)?.taskDefinition ?? service.taskDefinition;
    const revision = taskDefinitionName(arn ?? "");
    const { subnets = [], securityGroups = [] } = service.network ?? {};
    const ground = [...subnets.map((id) => `subnet:${id}`), ...securityGroups.map((id) => `security-group:${id}`)];
    const about = (finding: Finding) => {
      // Whether the load balancer gets through to them, and addresses are left, is asked about the service.
      const outer = finding.status === "fail" && /^(elb|eni)-/.test(finding.cause ?? "") ? [`service:${name}`, `room:${name}`] : [];
      return on(`tasks:${name}`, finding, [`task-definition:${revision}`, ...ground, ...outer]);
    };
    if (arn === null || running.length + stopped.length === 0) return about(skip("are none that ECS still tells of"));
    if (service.status === "DRAINING" || (service.desired === 0 && config.services[name]?.desiredCount === 0))
      return about(skip("are not wanted any more"));
    const evidence = {
      revision,
      desired: service.desired,
      running: running.length,
      stopped: stopped.length,
      // Of another deployment than the current one: history.
      before: deathsBefore(service, stopped).slice(0, 5).map(told),
    };
    if (stopped.length === 0) return about(pass("have not died", evidence));

    const definition = facts.taskDefinitions.find(arn);
    const checked = definition?.containers.some(({ healthCheck }) => healthCheck) ?? false;
    const fate = fateOf(service, { running, stopped, checked, changes: changesTo(arn, facts), now });
    if (fate.is === "alive") return about(pass("have not died of what will come again", evidence));

    const { last, deaths } = fate;
    const shown = { ...evidence, deaths: deaths.slice(0, 5).map(told), ...lastWordsOf(deaths, facts.lastWords) };
    if (fate.is === "overcome") return about(skip(`last died at ${last.at}, and live on since`));
    if (fate.is === "untried") {
      const since = `last died at ${last.at}, before ${fate.mend.of} was changed at ${fate.mend.at}`;
      return about(skip(`${since}, and nothing has run since: force a new deployment`));
    }
    if (fate.is === "open") return about(pending(`died, and may yet live: ${last.message}`, shown));
    const times = deaths.length > 1 ? `${deaths.length} times` : "once";
    const says = `died ${times} of what will come again: ${last.message}`;
    return about(fail(says, shown, remedyOf(last.cause, name, definition), last.cause ?? undefined));
  },
});

const told = ({ task, at, message }: Death) => `${task} at ${at}: ${message}`;
