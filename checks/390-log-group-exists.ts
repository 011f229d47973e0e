import { defineCheck, fail, pass, presence, sh, skip } from "../src/check.ts";
import { logGroupName, logGroups, regionOf } from "../src/facts/log-groups.ts";
import { isMeant } from "../src/facts/placement.ts";
import { services } from "../src/facts/services.ts";
import { logGroupOf, taskDefinitions } from "../src/facts/task-definitions.ts";

export default defineCheck({
  title: "Every log group that containers write to exists, or is made by them",
  why: "Without it no task starts, and there is not even a log that says why.",
  severity: "blocker",
  about: presence(logGroups),
  needs: [services, taskDefinitions],
  breaks: "starting",
  none: skip("no container is logged to CloudWatch Logs by awslogs"),

  evaluate(group, facts, { name }) {
    if (group.state === "known") return pass("exists", { arn: group.value.arn, retentionDays: group.value.retentionDays });

    const all = facts.taskDefinitions.all().flatMap(({ arn, family, revision, containers }) =>
      containers.flatMap((container) => {
        const to = logGroupOf(arn, container);
        const writer = { writer: `${family}:${revision}/${container.name}`, creates: container.log?.creates ?? false };
        return to ? [{ ...writer, to, meant: isMeant(facts.services.all(), arn) }] : [];
      }),
    );
    // Of two regions with a group of that name, the first in order has the short one.
    const arn =
      all
        .map(({ to }) => to)
        .filter((to) => to === name || logGroupName(to) === name)
        .toSorted()[0] ?? name;
    const writers = all.filter(({ to, meant }) => to === arn && meant);
    if (writers.length === 0) return skip("is named only by what is being replaced");
    const creators = writers.filter(({ creates }) => creates).map(({ writer }) => writer);
    const evidence = { answer: group.why, arn, writers: writers.map(({ writer }) => writer), creators };
    if (creators.length > 0) return pass(`is made by ${creators.join(" or ")}, at the first start`, evidence);
    return fail(
      `does not exist in ${regionOf(arn)}`,
      evidence,
      {
        do: "Create the log group, or correct awslogs-group in a new revision of the task definition.",
        run: [sh`aws logs create-log-group --log-group-name ${logGroupName(arn)} --region ${regionOf(arn)}`],
      },
      "log-group-missing",
    );
  },
});
