import type { Alternative, Rule } from "./rule.ts";

const missing: Alternative = { cause: "log-group-missing", tellsApart: "aws logs describe-log-groups does not find it" };
const denied: Alternative = {
  cause: "log-driver-access-denied",
  tellsApart: "the group is there, and the execution role has no logs:CreateLogStream or logs:CreateLogGroup",
};
const network: Alternative = {
  cause: "logs-unreachable-network",
  tellsApart: "the group is there, and the subnet has no NAT gateway and no endpoint for logs",
};
const options: Alternative = {
  cause: "invalid-task-configuration",
  tellsApart: "the rest of the message, in the task's own details, names an option of the log driver",
};

/** The log driver. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html */
export const logs: readonly Rule[] = [
  {
    cause: "invalid-task-configuration",
    about: "logs",
    says: /awslogs-\S+ is required|unknown log opt|driver arguments|cannot be (enabled|used|set|combined) (when|with)|invalid log (opt|driver)|unsupported log|logger .* not (found|registered)|dial unix .*no such file|missingendpoint|execution role arn to support/,
  },
  { cause: "log-group-missing", says: /log ?group (\S+ )?(does(n't| not) exist|(was |is )?(not found|missing))/ },
  {
    cause: "log-driver-access-denied",
    about: "logs",
    says: /credentialsendpointerror|ec2rolerequesterror/,
    open: [
      { cause: "agent-disconnected", tellsApart: "the ECS agent on the instance is down: its endpoint for credentials answers no task" },
      { cause: "platform-internal-error", tellsApart: "other tasks on the instance get their credentials" },
    ],
  },
  { cause: "log-driver-access-denied", about: "logs", when: ({ refused }) => refused },
  // What it calls missing it could not look for: https://repost.aws/knowledge-center/ecs-resource-initialization-error
  { cause: "logs-unreachable-network", about: "logs", says: /unable to connect$/, open: [denied] },
  { cause: "logs-unreachable-network", about: "logs", when: ({ unreached }) => unreached },
  { cause: "logs-unreachable-network", about: "logs", says: /signal: killed/ },
  { cause: "log-group-missing", about: "logs", says: /resourcenotfoundexception/ },
  {
    cause: "log-group-missing",
    says: /log group defined in the task definition\W*$|failed to create cloudwatch log( group| stream)?[\s.:…]*$/,
    open: [denied, network],
  },
  { cause: "log-group-missing", says: /failed to initialize logging driver[\s.:…]*$/, open: [denied, network, options] },
  { cause: "log-driver-access-denied", says: /unable to (create|find) .*log (group|stream)/, open: [missing, network] },
];
