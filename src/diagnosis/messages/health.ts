import type { Rule } from "./rule.ts";

/** The health check in the task definition. https://repost.aws/knowledge-center/ecs-task-container-health-check-failures */
export const health: readonly Rule[] = [
  {
    cause: "container-healthcheck-failed",
    says: /(failed|unhealthy|failing)( its| the)? container health ?checks?|container health ?checks? (has |have )?fail|containers? .*(is|are|became|becoming) unhealthy|never became healthy|failed to become healthy|health ?status:? unhealthy/,
  },
  // https://github.com/aws/amazon-ecs-agent/blob/master/agent/engine/dependencygraph/graph.go
  {
    cause: "container-healthcheck-failed",
    says: /ordering dependency .*has timed out/,
    open: [{ cause: "app-crash-exit", tellsApart: "the last words of the container that was waited for" }],
  },
];
