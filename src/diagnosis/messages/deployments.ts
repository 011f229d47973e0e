import type { Rule } from "./rule.ts";

/** What a deployment came to, and what holds it up. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html */
export const deployments: readonly Rule[] = [
  {
    cause: "deployment-config-blocked",
    says: /because of the service deployment configuration|unable to stop or start tasks|under protection|protected tasks|unable to scale in|minimumhealthypercent|maximumpercent|deployment_blocked|task protection/,
    unless: /invalidparameter/,
  },
  {
    cause: "circuit-breaker-rollback",
    says: /circuit breaker|deployment (\S+ )?(has |was )?failed\b|servicesstable|timeout while waiting for state to become .?tfstable|(did not|failed to) stabili[sz]e|notstabilized|service_deployment_failed|service_task_start_impaired/,
  },
  { cause: "circuit-breaker-rollback", says: /roll(ing|ed)?[- ]?back|unable to consistently start|tasks failed to start/ },
];

/** What a deployment could not do, where nothing in the message says why. */
export const launches: readonly Rule[] = [
  {
    cause: "circuit-breaker-rollback",
    says: /could not launch .*tasks? for/,
    open: [
      { cause: "insufficient-cpu-memory", tellsApart: "the service events just before: one that could not place a task names the lack" },
    ],
  },
];
