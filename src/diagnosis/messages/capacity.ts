import type { Rule } from "./rule.ts";

/** What AWS has none of, and what the account may have no more of. */
export const capacity: readonly Rule[] = [
  {
    cause: "spot-interrupted",
    says: /spot.{0,24}(interrupt|reclaim|preempt)|spot (task|instance)s? (was |were )?(interrupt|reclaim|terminat)|spot ?interruption|spot (capacity )?(was )?reclaim|server\.spotinstance/,
  },
  {
    cause: "vcpu-quota-exceeded",
    says: /reached the (limit|quota) (on|for)|above your limit|count exceeds (the |your )?limit|(vcpu|spotinstance\w*|instance|task)(count|limit)?exceeded|\blimitexceeded(exception)?\b|\btoomany(targets|registrations|loadbalancers|targetgroups)|provisioning capacity limit|vcpu (limit|quota)|service quota|maximum number of (tasks|vcpus|instances)|limit (of|for|on) .*(has been |was )?(reached|exceeded)|(task|vcpu|service) (limit|quota) .*(reached|exceeded)|exceed\w* (your|the) .*(vcpu|task|concurrent).*(limit|quota)/,
  },
  {
    cause: "fargate-capacity-unavailable",
    core: /^is unable to place a task in [a-z0-9-]+$/,
  },
  {
    cause: "fargate-capacity-unavailable",
    says: /capacity is (currently )?(unavailable|not available)|unfulfillablecapacity|unable to fulfill capacity|insufficient\w*capacity|resource:fargate|(not|no|insufficient) (currently )?(have )?(enough |sufficient |available )?(\S+ )?capacity/,
  },
];
