import type { Rule } from "./rule.ts";

const status = {
  cause: "elb-healthcheck-failed-status",
  tellsApart: "aws elbv2 describe-target-health: Target.ResponseCodeMismatch names the status",
} as const;
const timeout = {
  cause: "elb-healthcheck-timeout",
  tellsApart: "aws elbv2 describe-target-health: Target.Timeout, or no access log of the health check",
} as const;

/**
 * Targets, as the load balancer sees them. The wiring comes first: a target that cannot be reached by design fails its checks as well.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html
 */
export const loadBalancers: readonly Rule[] = [
  {
    cause: "target-group-misconfigured",
    says: /does not have an? (associated )?(load balancer|listener)|does not have listener|target group has a target type|target type .*(incompatible|invalid)|target (group )?is not found|target ?groups?( .*)? (not found|does not exist)|targetgroupnotfound|invalidtarget\b|not in the target group/,
  },
  {
    cause: "target-group-misconfigured",
    says: /not registered to the target group|not enabled for the load balancer|cannot be used as a target|not configured to receive traffic|not used by any load balancer/,
  },
  {
    cause: "target-group-misconfigured",
    says: /target\.(notregistered|notinuse|ipunusable|healthcheckdisabled)|load ?balancer ?(was )?not ?found|incompatible with the .* network ?mode|health checks are disabled/,
  },
  {
    cause: "target-group-misconfigured",
    says: /did not have a container ?port|load balancer .*(does not exist|not found)|health check grace period is only valid/,
  },
  {
    cause: "target-group-misconfigured",
    says: /target\.invalidstate|target is in the (stopped|terminated)/,
    open: [{ cause: "host-terminated", tellsApart: "aws ec2 describe-instances: the state of the target's instance and why it changed" }],
  },
  {
    cause: "elb-healthcheck-failed-status",
    says: /health ?checks? failed with (these|this|the following|status|http)? ?(status )?codes?|responsecodemismatch|health ?check\w* .*\b(received|returned) .*(status|code)/,
  },
  {
    cause: "elb-healthcheck-timeout",
    says: /target\.timeout|connection to (the )?target timed out|(unhealthy|health ?checks?) .*(timed out|timeout)/,
  },
  {
    cause: "elb-healthcheck-timeout",
    core: /^request timed out/,
    when: ({ surface }) => surface === "targetHealth" || surface === undefined,
  },
  {
    cause: "elb-healthcheck-failed",
    says: /fail(ed|ing) (the |its )?(elb|alb|nlb|load balancer|target group) health ?checks?|unhealthy in target-group .*health ?checks? failed$|unhealthythreshold/,
    open: [status, timeout],
  },
  {
    cause: "elb-healthcheck-failed",
    says: /reason health ?checks? failed\)|target\.failedhealthchecks|not passed the configured healthythreshold/,
    open: [status, timeout],
  },
  {
    cause: "elb-healthcheck-failed",
    core: /^(elb )?health ?checks? failed$/,
    when: ({ surface }) => surface !== "containerReason",
    open: [status, timeout],
  },
  { cause: "platform-internal-error", says: /elb\.internalerror/ },
  {
    cause: "target-group-misconfigured",
    core: /^failed to register targets in/,
    unless: /throttl|rate exceeded|not authorized|accessdenied|assume/,
    open: [
      {
        cause: "api-throttled",
        tellsApart: "the error at its end: one of throttling passes, and ECS registers the targets at its next try",
      },
    ],
  },
];
