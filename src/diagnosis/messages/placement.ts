import type { Rule } from "./rule.ts";

const instances = "aws ecs list-container-instances: none at all, or what those there have left";

/**
 * Why no instance would do. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html and
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html
 */
export const placement: readonly Rule[] = [
  { cause: "eni-or-ip-exhausted", says: /resource:eni\b|eni attachment points/ },
  {
    cause: "host-port-conflict",
    says: /resource(:| type )ports?\b|already using a port|port is already allocated|address already in use|too many (reserved )?ports|not enough ports|ports? .*already in[- ]use/,
  },
  {
    cause: "host-port-conflict",
    says: /failed programming external connectivity/,
    open: [
      {
        cause: "platform-internal-error",
        tellsApart: "the end of the message: a port already allocated, or docker's own trouble with its network",
      },
    ],
  },
  {
    cause: "agent-disconnected",
    says: /error ["']?agent\b|agent connected|agent (is |was |has )?(been )?(disconnected|not connected)|waiting for (the )?(amazon )?ecs agent|ecs agent .*(disconnected|not (running|connected|started))/,
    unless: /attachment of/,
  },
  { cause: "agent-disconnected", core: /^agent( \(|$)/ },
  {
    cause: "no-container-instances",
    says: /no (registered |active )?container instances? (were |was |are )?(found|registered)|empty capacity provider|no active instances|no container instances? .*in your (cluster|capacity)/,
  },
  { cause: "no-container-instances", core: /^inactive( \(|$)/ },
  {
    cause: "insufficient-cpu-memory",
    says: /resource(:| type )(cpu|memory|gpu)\b|insufficient (cpu|memory|gpu)|(insufficient|not enough) (\w+ )?resources|(not enough|n't have enough|not have enough|no) (cpu|memory|gpu)( units?)?( is| are)? (available|left)|(cpu|memory|gpu) (capacity )?(was |is )?(unavailable|not available)/,
  },
  {
    cause: "placement-constraint-unmet",
    says: /missing (an? |the )?(required )?attribute|placement constraint|memberof|distinctinstance|daemon_placement/,
  },
  { cause: "placement-constraint-unmet", core: /^(attribute|location)( \(|$)/ },
  {
    cause: "insufficient-cpu-memory",
    core: /no container instances? met all of its requirements$|the resources could not be found$/,
    open: [
      { cause: "no-container-instances", tellsApart: instances },
      {
        cause: "placement-constraint-unmet",
        tellsApart: "aws ecs describe-container-instances: an attribute that the task requires and none has",
      },
      { cause: "host-port-conflict", tellsApart: "fixed host ports in the task definition that tasks on every instance already hold" },
      { cause: "eni-or-ip-exhausted", tellsApart: "awsvpc network mode, and instances whose network interfaces are all taken" },
      { cause: "agent-disconnected", tellsApart: "agentConnected is false on the instances" },
    ],
  },
];
