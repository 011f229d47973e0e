import { expect, test } from "vitest";
import type { Deployment } from "../facts/services.ts";
import type { RunningTask, StoppedTask } from "../facts/tasks.ts";
import { diagnose, diagnoseStop, failuresSince, terminalFailure } from "./service-events.ts";

const noValue =
  "ResourceInitializationError: unable to pull secrets or registry auth: can't find the specified secret value for staging label: AWSCURRENT";

test.each([
  "(service api) has reached a steady state.",
  "(service api) has started 2 tasks: (task 8378fd0fc0d744109128c8d6a0b71524).",
  "(service api) has started 1 tasks in eu-central-1a to AZ Rebalance: (task 8378fd0fc0d744109128c8d6a0b71524).",
  "(service api) has stopped 2 running tasks: (task 9d85800c30b349039d104d52b506b930).",
  "(service api) registered 2 targets in (target-group arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/failed/4d22)",
  "(service api) deregistered 1 targets in (target-group arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/api/4d22)",
  "(service api) has begun draining connections on 2 tasks.",
  "(service api) (deployment ecs-svc/1111111111111111111) deployment completed.",
  "(service api) is not AZ balanced with 3 tasks in eu-central-1a, 1 tasks in eu-central-1b. AZ Rebalancing in progress.",
  "service unhealthy-exited has reached a steady state.",
  "(service api) stopped AZ Rebalancing.",
  "(service api) has stopped 1 running tasks in eu-central-1a due to AZ rebalancing: (task 9d85800c30b349039d104d52b506b930).",
  "Availability-zone rebalancing initiated by (deployment ecs-svc/6524458012816012998)",
  "Scaling activity initiated by (deployment ecs-svc/6524458012816012998)",
  "Task stopped by user",
])("normal progress is never a failure: %s", (message) => {
  expect(diagnose(message).tells).toBe("progress");
});

test.each([
  "(service api) was unable to AZ Rebalance because (taskSet ecs-svc/1111111111111111111) was unable to scale in due to (reason 2 tasks under protection).",
  "(service api) is unable to place a task in eu-central-1a.",
  "(service api) is unable to place a task in eu-central-1a because no container instance met all of its requirements.",
])("that tasks cannot be spread better tells of no failure: %s", (message) => {
  expect(diagnose(message).tells).toBe("nothing");
});

test.each([
  ["secret-no-current-version", noValue],
  [
    "secret-json-key-missing",
    "(service api) was unable to place a task. Reason: ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): retrieved secret from Secrets Manager did not contain json key POSTGRES_PASSWORD.",
  ],
  ["secret-not-found", "ResourceNotFoundException: Secrets Manager can't find the specified secret."],
  [
    "secret-access-denied",
    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: api error AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/ecsTaskExecutionRole/x is not authorized to perform: secretsmanager:GetSecretValue",
  ],
  [
    "kms-decrypt-denied",
    "AccessDeniedException: User is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:us-east-1:111122223333:key/abc",
  ],
  [
    "image-not-found",
    "CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref 111122223333.dkr.ecr.ap-southeast-1.amazonaws.com/rag-nginx:latest: not found.",
  ],
  ["image-platform-mismatch", "CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/amd64'"],
  ["log-group-missing", "failed to initialize logging driver: ResourceNotFoundException: The specified log group does not exist."],
  [
    "role-assume-failed",
    "service api failed to launch a task with (error ECS was unable to assume the role 'arn:aws:iam::111122223333:role/x' that was provided for this task.)",
  ],
  [
    "no-container-instances",
    "service api was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your cluster.",
  ],
  [
    "circuit-breaker-rollback",
    "(service api) is unable to consistently start tasks successfully. For more information, see the Troubleshooting section.",
  ],
  ["circuit-breaker-rollback", "(service api) (deployment ecs-svc/1) deployment failed: tasks failed to start."],
])("what no retry mends is said to last: %s", (cause, message) => {
  expect(diagnose(message)).toEqual({ tells: "failure", cause, lasting: true });
});

test.each([
  [
    "fargate-capacity-unavailable",
    "service api was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.",
  ],
  [
    "insufficient-cpu-memory",
    "service api was unable to place a task because no container instance met all of its requirements. The closest matching container-instance has insufficient memory.",
  ],
  [
    "secrets-unreachable-network",
    "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager. Check your task network configuration.",
  ],
  [
    "image-registry-unreachable",
    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 1 time(s): RequestError: send request failed",
  ],
  [
    "elb-healthcheck-failed",
    "Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:us-west-2:111122223333:targetgroup/x/4fe7)",
  ],
  ["app-crash-exit", "Essential container in task exited"],
])("what may pass by itself is a failure that need not last: %s", (cause, message) => {
  expect(diagnose(message)).toEqual({ tells: "failure", cause, lasting: false });
});

test("says nothing of what it has never heard", () => {
  expect(diagnose("(service api) sings.")).toEqual({ tells: "nothing" });
});

const at = (minute: number) => `2026-01-18T04:${String(minute).padStart(2, "0")}:00.000Z`;
const stopped = (minute: number, more: Partial<StoppedTask> = {}): StoppedTask => ({
  id: `stopped${minute}`,
  taskDefinition: "api:2",
  deployment: "ecs-svc/2",
  startedAt: null,
  stoppedAt: at(minute),
  stopCode: "TaskFailedToStart",
  reason: noValue,
  containers: [{ name: "api", exitCode: null, reason: null }],
  ...more,
});
const running = (minute: number, more: Partial<RunningTask> = {}): RunningTask => ({
  id: `running${minute}`,
  taskDefinition: "api:2",
  deployment: "ecs-svc/2",
  lastStatus: "RUNNING",
  health: "HEALTHY",
  startedAt: at(minute),
  zone: null,
  instance: null,
  addresses: [],
  containers: [],
  ...more,
});
const primary = (rollout: Deployment["rollout"]): Deployment => ({
  id: "ecs-svc/2",
  status: "PRIMARY",
  rollout,
  rolloutReason: null,
  taskDefinition: "api:2",
  desired: 2,
  running: 0,
  failed: 0,
  createdAt: at(10),
  updatedAt: at(30),
});
const nothing = { events: [], running: [], stopped: [] };

test("a container's own reason says more than that it was essential, with its exit code", () => {
  const task = stopped(1, {
    stopCode: "EssentialContainerExited",
    reason: "Essential container in task exited",
    containers: [{ name: "api", exitCode: 137, reason: "OutOfMemoryError: Container killed due to memory usage" }],
  });
  expect(diagnoseStop(task)).toMatchObject({
    cause: "container-oom",
    message: "OutOfMemoryError: Container killed due to memory usage (exit code 137)",
  });
});

test("a task that was stopped on purpose did not fail, and one that is still stopping is not judged", () => {
  expect(diagnoseStop(stopped(1, { stopCode: "UserInitiated" }))).toBeNull();
  expect(
    diagnoseStop(stopped(1, { stopCode: "ServiceSchedulerInitiated", reason: "Scaling activity initiated by (deployment ecs-svc/1)" })),
  ).toBeNull();
  expect(diagnoseStop(stopped(1, { stoppedAt: null }))).toBeNull();
});

test("forgets what went wrong before the service was steady, and tells the newest first", () => {
  const events = [
    { at: at(40), message: "(service api) is unable to consistently start tasks successfully." },
    { at: at(20), message: "(service api) has reached a steady state." },
    { at: at(15), message: `(service api) was unable to place a task. Reason: ${noValue}` },
  ];
  expect(failuresSince(at(0), { events, stopped: [stopped(12), stopped(39)] }).map((one) => one.at)).toEqual([at(40), at(39)]);
});

test("a lasting failure of the deployment is the end, whoever tells of it; what its tasks died of is told before that ECS gave up", () => {
  const events = [{ at: at(21), message: "(service api) is unable to consistently start tasks successfully." }];
  const found = terminalFailure({ ...nothing, primary: primary("IN_PROGRESS"), events, stopped: [stopped(20)] });
  expect(found).toMatchObject({ cause: "secret-no-current-version" });
  expect(terminalFailure({ ...nothing, primary: primary("IN_PROGRESS"), events })).toMatchObject({ cause: "circuit-breaker-rollback" });
});

test("is not fooled by the failures of an earlier deployment, nor by tasks of another", () => {
  const stale = terminalFailure({
    ...nothing,
    primary: primary("IN_PROGRESS"),
    stopped: [stopped(5), stopped(20, { deployment: "ecs-svc/1" })],
  });
  expect(stale).toBeUndefined();
});

test("is not the end while another task of the deployment under way runs, but is when that one is unhealthy or of another", () => {
  const rolling = (...tasks: readonly RunningTask[]) =>
    terminalFailure({ ...nothing, primary: primary("IN_PROGRESS"), stopped: [stopped(20)], running: tasks });
  expect(rolling(running(15))).toBeUndefined();
  expect(rolling(running(15, { health: "UNHEALTHY" }))).toBeDefined();
  expect(rolling(running(15, { deployment: "ecs-svc/1" }))).toBeDefined();
});

test("after the deployment was done, only a later start shows that the failure is over: scaling up may meet a secret that has gone", () => {
  const scaling = (...tasks: readonly RunningTask[]) =>
    terminalFailure({ ...nothing, primary: primary("COMPLETED"), stopped: [stopped(20)], running: tasks });
  expect(scaling(running(15))).toMatchObject({ cause: "secret-no-current-version" });
  expect(scaling(running(25))).toBeUndefined();
});

test("a failed roll-out is the end, even where nothing is left that tells why", () => {
  expect(terminalFailure({ ...nothing, primary: primary("FAILED") })).toMatchObject({ cause: "circuit-breaker-rollback" });
});
