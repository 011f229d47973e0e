import type { Failure, Task as SdkTask } from "@aws-sdk/client-ecs";
import { defineFact, given, InvalidAnswer, known, type Link, oneOf, type Reading } from "../fact.ts";
import { taskDefinitionName } from "./task-definitions.ts";

const health = ["HEALTHY", "UNHEALTHY", "UNKNOWN"] as const;
const stages = [
  "PROVISIONING",
  "PENDING",
  "ACTIVATING",
  "RUNNING",
  "DEACTIVATING",
  "STOPPING",
  "DEPROVISIONING",
  "STOPPED",
  "DELETED",
] as const;
const stopCodes = [
  "TaskFailedToStart",
  "EssentialContainerExited",
  "UserInitiated",
  "ServiceSchedulerInitiated",
  "SpotInterruption",
  "TerminationNotice",
  "InfrastructureHealth",
] as const;

/** A task that is meant to run. Times are ISO 8601; `deployment` is the id of what started it. */
export type RunningTask = {
  readonly id: string;
  readonly taskDefinition: string;
  readonly deployment: string | null;
  readonly lastStatus: (typeof stages)[number];
  readonly health: (typeof health)[number];
  readonly startedAt: string | null;
  readonly zone: string | null;
  /** The ARN of the container instance, on EC2. */
  readonly instance: string | null;
  /** Of its own network interface; none in bridge and host mode. */
  readonly addresses: readonly string[];
  readonly containers: readonly {
    readonly name: string;
    readonly image: string | null;
    readonly digest: string | null;
    readonly health: (typeof health)[number];
    readonly ports: readonly { readonly container: number; readonly host: number }[];
  }[];
};

/** A task that has stopped or is about to, and what AWS says of why. `startedAt` is null where it never ran. */
export type StoppedTask = {
  readonly id: string;
  readonly taskDefinition: string;
  readonly deployment: string | null;
  readonly startedAt: string | null;
  readonly stoppedAt: string | null;
  readonly stopCode: (typeof stopCodes)[number] | null;
  readonly reason: string | null;
  readonly containers: readonly { readonly name: string; readonly exitCode: number | null; readonly reason: string | null }[];
};

/** The tasks of a service: all that are meant to run, and of those that stopped within the last hour 100 at the most. */
export type Tasks = { readonly service: string; readonly running: readonly RunningTask[]; readonly stopped: readonly StoppedTask[] };

const atOnce = 100;

/** What a service's tasks are, by the service's name. */
export const tasks = defineFact("tasks", {
  kind: "service",
  calls: ["ecs:ListTasks", "ecs:DescribeTasks"],
  volatile: true,
  absentOn: ["ServiceNotFoundException", "ClusterNotFoundException"],

  subjects: ({ config }) => Object.keys(config.services),

  async ask({ aws, subject, config: { cluster } }) {
    const list = async (desiredStatus: "RUNNING" | "STOPPED") =>
      (await aws.ecs.ListTasks({ cluster, serviceName: subject, desiredStatus })).taskArns ?? [];
    const [running, stopped] = await Promise.all([list("RUNNING"), list("STOPPED")]);
    // A task that stops between the two lists is in both.
    const asked = [...new Set([...running, ...stopped.slice(0, atOnce)])];
    const batches = Array.from({ length: Math.ceil(asked.length / atOnce) }, (_, n) => asked.slice(n * atOnce, (n + 1) * atOnce));
    const answers = await Promise.all(batches.map((batch) => aws.ecs.DescribeTasks({ cluster, tasks: batch })));
    return {
      asked,
      described: answers.flatMap((answer) => answer.tasks ?? []),
      failures: answers.flatMap((answer) => answer.failures ?? []),
    };
  },

  resources: ({ cluster }, arn) => ({ "ecs:DescribeTasks": [arn("ecs", `task/${cluster}/*`)] }),

  read({ asked, described, failures }, { subject }): Reading<Tasks> {
    for (const arn of asked) accountFor(arn, described, failures);
    const meantToRun = ({ desiredStatus }: SdkTask) => oneOf(desiredStatus, ["RUNNING", "STOPPED"]) === "RUNNING";
    const stopped = described.filter((task) => !meantToRun(task)).map(stoppedTask);
    return known({
      service: subject,
      running: described.filter(meantToRun).map(runningTask),
      stopped: stopped.toSorted((a, b) => (b.stoppedAt ?? "").localeCompare(a.stoppedAt ?? "")),
    });
  },

  links: ({ running, stopped }, name) => [
    ...running.flatMap(({ id, deployment, taskDefinition }): Link[] => [
      [`service:${name}`, `task:${id}`],
      [`task:${id}`, `task-definition:${taskDefinitionName(taskDefinition)}`],
      ...(deployment === null ? [] : [[`rollout:${deployment}`, `task:${id}`] as const]),
      // Those that died may have died of what one that runs suffers from.
      [`tasks:${name}`, `task:${id}`],
    ]),
    // Whether they survive is asked about all of them at once.
    [`service:${name}`, `tasks:${name}`],
    ...[...new Set(stopped.flatMap(({ deployment }) => deployment ?? []))].map((id): Link => [`rollout:${id}`, `tasks:${name}`]),
  ],
});

/** A task may go between the calls, which AWS calls MISSING; any other gap would make a list look shorter than it is. */
function accountFor(arn: string, described: readonly SdkTask[], failures: readonly Failure[]): void {
  if (described.some(({ taskArn }) => taskArn === arn)) return;
  const reason = failures.find((failure) => failure.arn === arn)?.reason;
  if (reason !== "MISSING") throw new InvalidAnswer(`AWS listed a task and did not describe it: ${reason ?? "no reason given"}`);
}

const common = (task: SdkTask) => ({
  id: given(task.taskArn?.split("/").at(-1), "taskArn"),
  taskDefinition: given(task.taskDefinitionArn, "taskDefinitionArn"),
  deployment: task.startedBy ?? null,
  startedAt: task.startedAt?.toISOString() ?? null,
});

function runningTask(task: SdkTask): RunningTask {
  const details = (task.attachments ?? []).flatMap((attachment) => attachment.details ?? []);
  const own = details.flatMap(({ name, value }) => (value && /^(privateIPv4Address|ipv6Address)$/.test(name ?? "") ? [value] : []));
  const ofContainers = (task.containers ?? []).flatMap(({ networkInterfaces = [] }) =>
    networkInterfaces.flatMap(({ privateIpv4Address, ipv6Address }) => [privateIpv4Address ?? [], ipv6Address ?? []].flat()),
  );
  return {
    ...common(task),
    lastStatus: oneOf(task.lastStatus, stages),
    health: oneOf(task.healthStatus ?? "UNKNOWN", health),
    zone: task.availabilityZone ?? null,
    instance: task.containerInstanceArn ?? null,
    addresses: [...new Set([...own, ...ofContainers])],
    containers: (task.containers ?? []).map((container) => ({
      name: given(container.name, "container name"),
      image: container.image ?? null,
      digest: container.imageDigest ?? null,
      health: oneOf(container.healthStatus ?? "UNKNOWN", health),
      ports: (container.networkBindings ?? []).flatMap(({ containerPort, hostPort }) =>
        containerPort === undefined || hostPort === undefined ? [] : [{ container: containerPort, host: hostPort }],
      ),
    })),
  };
}

function stoppedTask(task: SdkTask): StoppedTask {
  return {
    ...common(task),
    stoppedAt: (task.stoppedAt ?? task.stoppingAt)?.toISOString() ?? null,
    stopCode: task.stopCode === undefined ? null : oneOf(task.stopCode, stopCodes),
    reason: task.stoppedReason ?? null,
    containers: (task.containers ?? []).map(({ name, exitCode, reason }) => ({
      name: given(name, "container name"),
      exitCode: exitCode ?? null,
      reason: reason ?? null,
    })),
  };
}
