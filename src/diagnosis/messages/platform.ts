import type { Rule } from "./rule.ts";

/** What AWS throttles, what happens to hosts, and what AWS or docker fails at by itself. Last, because these words also stand around others. */
export const platform: readonly Rule[] = [
  {
    cause: "host-terminated",
    core: /^host ec2 .*(terminated|stopped|shut)/,
    open: [{ cause: "spot-interrupted", tellsApart: "aws ec2 describe-instances: StateTransitionReason names a Spot interruption" }],
  },
  {
    cause: "host-terminated",
    says: /performing maintenance|task retirement|scheduled for retirement|(instance|host) (\S+ )?(was |is )?(being )?(retired|terminated|stopped|shutting down)|infrastructurehealth|underlying (host|hardware|infrastructure)/,
  },
  {
    cause: "api-throttled",
    says: /throttl|rate (limit )?exceeded|requestlimitexceeded|toomanyrequestsexception|too many (concurrent|requests)/,
  },
  {
    cause: "platform-internal-error",
    says: /could not transition to started/,
    open: [{ cause: "logs-unreachable-network", tellsApart: "the log driver is awslogs, and the subnet has no way to CloudWatch Logs" }],
  },
  {
    cause: "platform-internal-error",
    says: /api error \(500\): untar/,
    open: [{ cause: "disk-full", tellsApart: "df on the instance" }],
  },
  {
    cause: "platform-internal-error",
    says: /(api error \(500\)|daemon): driver( failed)?\W*$/,
    open: [{ cause: "host-port-conflict", tellsApart: "the whole message in the agent's log: a port that is already allocated" }],
  },
  {
    cause: "platform-internal-error",
    says: /internal ?(server ?|service ?)?(error|failure|exception|fault)/,
    unless: /failed to create container/,
    open: [
      {
        cause: "fargate-capacity-unavailable",
        tellsApart: "the subnet is in an Availability Zone that Fargate does not serve, or it works at the next try elsewhere",
      },
      { cause: "invalid-task-configuration", tellsApart: "it comes back with this task definition, and not with another one" },
    ],
  },
  {
    cause: "platform-internal-error",
    says: /dockertimeouterror|timed out after waiting|containerruntime(timeout)?error|cannot(inspect|stop|remove|describe|list)\w*error|cannot(create|inspect|remove)volumeerror|volumedriver|containervanished|no container matching/,
  },
  { cause: "platform-internal-error", says: /rpc error/, unless: /resolve ref|pull|logging driver/ },
  {
    cause: "platform-internal-error",
    says: /devicemapper|dm_task_run|device nodes|mknod|device or resource busy|no such container|transport is closing|ttrpc|container name .*already in use|nvidia-container|waiting for ephemeralstorage|failed to get container status|failed sending sigterm|cannot connect to the docker daemon|is the docker daemon running|dockerstateerror|impossiblestate|unable to create cgroup|serverexception|service ?unavailable/,
  },
];
