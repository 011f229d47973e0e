import type { Deployment, Service } from "../facts/services.ts";
import type { RunningTask, StoppedTask } from "../facts/tasks.ts";
import { diagnose as causeOf } from "./messages.ts";

/** What a message of ECS tells. `lasting`: it will come again until somebody changes something. `cause` is an id of the list of causes. */
export type Diagnosis =
  | { readonly tells: "progress"; readonly cause: string }
  | { readonly tells: "failure"; readonly cause: string; readonly lasting: boolean }
  | { readonly tells: "nothing" };

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

/** Of spreading tasks over zones, which ECS tries for as long as a service runs: where it cannot, nothing that runs is the worse for it. */
const aside = /\bAZ Rebalanc|\bis unable to place a task in [a-z]{2,}-/i;

/** What a service event, a stopped reason or a container's reason tells. */
export function diagnose(message: string): Diagnosis {
  const { cause, benign } = causeOf({ message });
  if (cause === "undetermined" || (!benign && aside.test(message))) return { tells: "nothing" };
  return benign ? { tells: "progress", cause } : { tells: "failure", cause, lasting: lasting.has(cause) };
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
