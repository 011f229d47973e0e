import type { Deployment, Service } from "../facts/services.ts";
import type { RunningTask, StoppedTask } from "../facts/tasks.ts";

/** What a message of ECS tells. `lasting`: it will come again until somebody changes something. `cause` is an id of the list of causes. */
export type Diagnosis =
  | { readonly tells: "progress"; readonly cause: string }
  | { readonly tells: "failure"; readonly cause: string; readonly lasting: boolean }
  | { readonly tells: "nothing" };

type Rule = readonly [cause: string, ...patterns: readonly RegExp[]];

/** What a service does all day. A subject that says these things has said nothing worse. */
const progress: readonly Rule[] = [
  ["benign-steady-state", /^has reached a steady state/],
  ["benign-steady-state", /^has (started|stopped) \d+ (running |pending )?tasks?\b/],
  ["benign-steady-state", /^(de)?registered \d+ (targets?|instances?)\b/],
  ["benign-steady-state", /^has begun draining connections/],
  ["benign-steady-state", /deployment completed\.?$/],
  ["benign-steady-state", /^is (not )?AZ balanced\b/],
  ["benign-steady-state", /Successfully set (desired count|min capacity|max capacity)/],
  ["scaled-in", /^Scaling activity initiated by/],
  ["user-stopped", /^Task stopped by user/],
];

const unreachable =
  /connection issue|RequestCanceled|request canceled|context deadl|context ca|i\/o timeout|dial tcp|send request failed|no such host|signal: killed/i;
const refused = /AccessDenied|not authorized|no basic auth|access denied|Forbidden|CredentialsEndpointError/i;
const fromSecrets = /secretsmanager|Secrets Manager|\bssm\b|Systems Manager|secrets? (data )?from/i;
const fromLogs = /logging driver|logger args|CloudWatch/i;
const fromRegistry = /CannotPull|registry|pull command|ref pull|\becr\b|manifest|failed to copy/i;
const secretRead = /retrieve secrets? from|secret/i;

/** The first that fits says it: causes that are named outright stand before those that a message only hints at. */
const failures: readonly Rule[] = [
  ["env-file-unreadable", /env(ironment)? files?/i, /download|S3/],
  ["kms-decrypt-denied", /kms:Decrypt|Access to KMS/i],
  ["log-driver-access-denied", fromLogs, refused],
  ["logs-unreachable-network", fromLogs, unreachable],
  [
    "log-group-missing",
    /log group.*(does not exist|not found)|cannot find the Amazon CloudWatch log group|failed to create Cloudwatch log/i,
  ],
  ["image-pull-rate-limited", /toomanyrequests|Too Many Requests|pull rate limit|unexpected status code/i],
  ["disk-full", /no space left|failed to extract layer.*write \//i],
  ["image-platform-mismatch", /exec format error|match(ing)? (for )?platform|no processor for media-type/i],
  ["image-pull-denied", fromRegistry, /pull access denied|no basic auth|ecr:\w+|denied/i],
  ["image-registry-unreachable", /\becr\b|CannotPull|pull command failed|registry-1/i, unreachable],
  ["image-registry-unreachable", /pull command failed: panic/],
  ["secrets-unreachable-network", fromSecrets, unreachable],
  ["secret-access-denied", fromSecrets, refused],
  ["secret-no-current-version", /can't find the specified secret value|Version "[^"]*" not found/i],
  ["secret-json-key-missing", /did not contain json key/i],
  ["secret-format-invalid", secretRead, /invalid (character|ARN)|unexpected end of JSON|cannot unmarshal|unexpected ARN format/i],
  ["secret-not-found", /can't (find the specified|retrieve the) secret|secret.*marked (for deletion|deleted)/i],
  ["ssm-parameter-missing", /invalid (ssm )?parameters:/i],
  ["image-not-found", fromRegistry, /not found|\(404\)|does not exist|manifest unknown/i],
  ["efs-mount-failed", /EFS|mount\.nfs|failed to copy file info/],
  ["container-oom", /OutOfMemory/i],
  ["bad-entrypoint", /executable file not found|entrypoint|exec user process caused|no such file or directory/i, /exec/i],
  ["role-assume-failed", /unable to assume (the )?role|IAM permissions policies have been misconfigured/i],
  ["target-group-misconfigured", /target group.*(does not have an associated load balancer|does not exist|not found)/i],
  ["container-healthcheck-failed", /failed container health checks/i],
  ["elb-healthcheck-failed-status", /Health checks failed with these codes/i],
  ["elb-healthcheck-timeout", /unhealthy in .*Request timed out/i],
  ["elb-healthcheck-failed", /failed ELB health checks|is unhealthy in/i],
  ["fargate-capacity-unavailable", /Capacity is unavailable|UnfulfillableCapacity|insufficient capacity/i],
  ["no-container-instances", /No Container Instances were found/i],
  ["eni-or-ip-exhausted", /RESOURCE:ENI|unused device index|insufficient (free )?(IP )?addresses/i],
  ["insufficient-cpu-memory", /RESOURCE:|insufficient (memory|cpu|gpu|ports?)/i],
  ["host-port-conflict", /already using a port/i],
  ["placement-constraint-unmet", /missing an attribute|no container instance met all/i],
  ["vcpu-quota-exceeded", /reached the limit on|above your limit/i],
  ["agent-disconnected", /Agent to start|agent.*disconnected/i],
  ["api-throttled", /being throttled|Rate (limit )?exceeded/i],
  ["eni-provisioning-failed", /network interface|network namespace/i],
  ["deployment-config-blocked", /because of the service deployment configuration|unable to stop or start tasks/i],
  ["spot-interrupted", /Spot.*(interrupt|reclaim)/i],
  ["host-terminated", /Host EC2|performing maintenance|instance.*(retire|terminat)/i],
  ["invalid-task-configuration", /awslogs-\w+ is required|error mounting|does not support launch_type|No Fargate configuration/i],
  [
    "circuit-breaker-rollback",
    /deployment failed|unable to consistently start tasks|circuit breaker|rolling back to|could not launch .* tasks/i,
  ],
  ["app-crash-exit", /exited/i],
  ["platform-internal-error", /Internal error|DockerTimeout|CannotInspect|CannotCreateContainer|CannotStartContainer/i],
];

/** What no retry mends. A network, a quota or a host may come back by itself. */
const lasting: ReadonlySet<string> = new Set([
  "secret-no-current-version",
  "secret-json-key-missing",
  "secret-not-found",
  "secret-format-invalid",
  "secret-access-denied",
  "kms-decrypt-denied",
  "ssm-parameter-missing",
  "env-file-unreadable",
  "image-not-found",
  "image-pull-denied",
  "image-platform-mismatch",
  "log-group-missing",
  "log-driver-access-denied",
  "bad-entrypoint",
  "invalid-task-configuration",
  "role-assume-failed",
  "target-group-misconfigured",
  "no-container-instances",
  "placement-constraint-unmet",
  "deployment-config-blocked",
  "circuit-breaker-rollback",
]);

const predicateOf = (message: string) => message.trim().replace(/^\(?service [^\s()]+\)? /, "");

/** What a service event, a stopped reason or a container's reason tells. */
export function diagnose(message: string): Diagnosis {
  const said = predicateOf(message)
    // What precedes the reason names both of the things that it may be about.
    .replace("unable to pull secrets or registry auth: ", "");
  const causeIn = (rules: readonly Rule[]) => rules.find(([, ...patterns]) => patterns.every((pattern) => pattern.test(said)))?.[0];
  const benign = causeIn(progress);
  if (benign) return { tells: "progress", cause: benign };
  const cause = causeIn(failures);
  return cause ? { tells: "failure", cause, lasting: lasting.has(cause) } : { tells: "nothing" };
}

/** Something that went wrong with a service, when, and in AWS's words. */
export type Failure = { readonly at: string; readonly message: string; readonly cause: string; readonly lasting: boolean };

/** Why a task stopped, where it was not meant to. What a container says of itself tells more than that it was essential. */
export function diagnoseStop({ stoppedAt, stopCode, reason, containers }: StoppedTask): Failure | null {
  if (stopCode === "UserInitiated" || stoppedAt === null) return null;
  const codes = containers.flatMap(({ exitCode }) => (exitCode === null ? [] : [exitCode]));
  const exit = stopCode === "EssentialContainerExited" && codes.length > 0 ? ` (exit code ${codes.join(", ")})` : "";
  const said = [...containers.map((container) => container.reason ?? ""), reason ?? ""];
  return said.map((message) => failureIn(message, stoppedAt, exit)).find((failure) => failure !== null) ?? null;
}

function failureIn(message: string, at: string, more = ""): Failure | null {
  const diagnosis = diagnose(message);
  if (diagnosis.tells !== "failure") return null;
  return { at, message: predicateOf(message) + more, cause: diagnosis.cause, lasting: diagnosis.lasting };
}

/** What service events tell of that went wrong, in their order. */
export const failuresTold = (events: Service["events"]): readonly Failure[] =>
  events.flatMap(({ at, message }) => failureIn(message, at) ?? []);

type Told = { readonly events: Service["events"]; readonly stopped: readonly StoppedTask[] };

/** What went wrong after a moment, newest first, as events and stopped tasks tell it; of what came before a steady state nothing. */
export function failuresSince(since: string, { events, stopped }: Told): readonly Failure[] {
  const steady = events.find(({ message }) => /has reached a steady state/.test(message))?.at ?? "";
  const suffered = stopped.flatMap((task) => diagnoseStop(task) ?? []);
  // Of the same moment, what a task says of itself comes first.
  return [...suffered, ...failuresTold(events)].filter(({ at }) => at >= since && at > steady).toSorted((a, b) => b.at.localeCompare(a.at));
}

/**
 * What keeps a service from ever becoming steady, if anything does. ECS tries again and again: while a task of the deployment under way
 * runs, or one that started later than it, a failure is not the end. `primary` is null where ECS does not roll out the service itself.
 */
export function terminalFailure(
  service: Told & { readonly primary: Deployment | null; readonly running: readonly RunningTask[] },
): Failure | undefined {
  const { primary, events } = service;
  const isOwn = ({ deployment }: RunningTask | StoppedTask) => primary === null || deployment === primary.id;
  const failures = failuresSince(primary?.createdAt ?? "", { events, stopped: service.stopped.filter(isOwn) });
  const survivors = service.running.filter((task) => isOwn(task) && task.lastStatus === "RUNNING" && task.health !== "UNHEALTHY");
  const overcome = ({ at }: Failure) => survivors.some(({ startedAt }) => primary?.rollout === "IN_PROGRESS" || (startedAt ?? "") > at);

  const gaveUp = primary?.rollout === "FAILED" ? failedRollout(primary) : undefined;
  const last = gaveUp ?? failures.find((failure) => failure.lasting && !overcome(failure));
  // That ECS gave up is a symptom; what its tasks died of says more.
  const deeper = failures.find(({ cause }) => cause !== symptom);
  return last?.cause === symptom ? (deeper ?? last) : last;
}

const symptom = "circuit-breaker-rollback";

const failedRollout = ({ updatedAt, rolloutReason }: Deployment): Failure => ({
  at: updatedAt,
  message: rolloutReason ?? "the deployment failed",
  cause: symptom,
  lasting: true,
});
