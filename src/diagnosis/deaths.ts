import { type Deployment, isDeploying, primaryOf, type Service } from "../facts/services.ts";
import type { RunningTask, StoppedTask, Tasks } from "../facts/tasks.ts";
import { type Change, type Changes, mendOf } from "./mends.ts";
import { diagnose, diagnoseStop, terminalFailure } from "./service-events.ts";

/** A task that stopped and was not meant to. `cause` is null where the words are ones that nobody has met; `startedAt` where it never ran. */
export type Death = {
  readonly task: string;
  readonly startedAt: string | null;
  readonly at: string;
  readonly message: string;
  readonly cause: string | null;
  readonly lasting: boolean;
};

/**
 * What becomes of the tasks of a service's current deployment, with the deaths that tell it, newest first.
 * `untried`: what it may have died of was changed since, and nothing has run with that.
 * `overcome`: a later task of the same revision lives, or lived until it was stopped on purpose; or as many as are wanted live on.
 * `doomed`: the next ones will die too, where `open` leaves it to be seen.
 */
export type Fate =
  | { readonly is: "alive" }
  | { readonly is: "untried"; readonly mend: Change; readonly last: Death; readonly deaths: readonly Death[] }
  | { readonly is: "overcome" | "open" | "doomed"; readonly last: Death; readonly deaths: readonly Death[] };

/** What besides the service tells it. */
export type Signs = Pick<Tasks, "running" | "stopped"> & {
  /** Whether a container health check is there to tell of a task that it is well. */
  readonly checked: boolean;
  /** When what it leans on was last changed. */
  readonly changes: Changes;
  readonly now: Date;
};

/** What befalls a task from outside and says nothing about the next one. */
const passing: ReadonlySet<string> = new Set([
  "spot-interrupted",
  "host-terminated",
  "agent-disconnected",
  "fargate-capacity-unavailable",
  "insufficient-cpu-memory",
  "image-pull-rate-limited",
  "api-throttled",
  "eni-provisioning-failed",
  "platform-internal-error",
]);

/** Why a task died, where that says something about the next one. */
function deathOf(task: StoppedTask): Death | null {
  const { id, startedAt, stoppedAt, stopCode, reason } = task;
  if (stoppedAt === null || stopCode === "SpotInterruption" || diagnose(reason ?? "").tells === "progress") return null;
  const failure = diagnoseStop(task);
  if (failure) return passing.has(failure.cause) ? null : { task: id, startedAt, ...failure };
  const failed = stopCode === "TaskFailedToStart" || stopCode === "EssentialContainerExited";
  const said = task.containers.find((container) => container.reason)?.reason ?? reason ?? "no reason given";
  return failed ? { task: id, startedAt, at: stoppedAt, message: said, cause: null, lasting: false } : null;
}

/** Whether what killed the last tasks will kill the next ones. Deaths of another deployment than the current one say nothing of it. */
export function fateOf(service: Service, signs: Signs): Fate {
  const deaths = ownOf(service, signs.stopped).flatMap((task) => deathOf(task) ?? []);
  const left = deaths.filter((death) => !isOver(death, deaths, livesOf(service, signs)));
  const open = left.filter((death) => mendOf(death, signs.changes) === null);
  const [last = left[0] ?? deaths[0]] = open;
  if (!last) return { is: "alive" };
  const mend = open.length === 0 && left.length > 0 ? mendOf(last, signs.changes) : null;
  if (mend) return { is: "untried", mend, last, deaths };
  if (open.length === 0) return { is: "overcome", last, deaths };

  const { desired, events } = service;
  const end = terminalFailure({ primary: primaryOf(service), events, ...signs }) !== undefined;
  const lasts = last.lasting || relapsesIn(deaths).length > 0;
  const runs = ownOf(service, signs.running).filter(({ lastStatus, health }) => lastStatus === "RUNNING" && health !== "UNHEALTHY");
  if (desired > 0 && runs.length >= desired && !lasts && !end) return { is: "overcome", last, deaths };
  return { is: desired === 0 || end || (lasts && !isDeploying(service)) ? "doomed" : "open", last, deaths: open };
}

function ownOf<T extends RunningTask | StoppedTask>(service: Service, tasks: readonly T[]): readonly T[] {
  const primary = primaryOf(service);
  return tasks.filter((task) => (primary ? task.deployment === primary.id : task.taskDefinition === service.taskDefinition));
}

/** Why tasks of a deployment died, newest first. */
export const deathsOn = ({ id }: Deployment, stopped: readonly StoppedTask[]): readonly Death[] =>
  stopped.filter(({ deployment }) => deployment === id).flatMap((task) => deathOf(task) ?? []);

/** Why tasks of a service died that were of another deployment than the current one, newest first. */
export function deathsBefore(service: Service, stopped: readonly StoppedTask[]): readonly Death[] {
  const own = ownOf(service, stopped);
  return stopped.filter((task) => !own.includes(task)).flatMap((task) => deathOf(task) ?? []);
}

/** Those that died after they had taken the place of one that had. */
const relapsesIn = (deaths: readonly Death[]) =>
  deaths.filter(({ startedAt }) => deaths.some(({ at }) => startedAt !== null && startedAt > at));

type Life = { readonly startedAt: string; readonly until: string; readonly proven: boolean };

/** The tasks of a service that live, and those that did until they were stopped on purpose. */
function livesOf(service: Service, { running, stopped, checked, now }: Signs): readonly Life[] {
  const isWell = ({ lastStatus, health }: RunningTask) =>
    lastStatus === "RUNNING" && (checked ? health === "HEALTHY" : health !== "UNHEALTHY");
  const living = ownOf(service, running).filter(isWell);
  const ended = ownOf(service, stopped).filter((task) => deathOf(task) === null);
  return [
    ...living.map(({ startedAt }) => ({ startedAt, until: now.toISOString(), proven: checked })),
    ...ended.map(({ startedAt, stoppedAt }) => ({ startedAt, until: stoppedAt, proven: false })),
  ].flatMap(({ startedAt, until, proven }) => (startedAt === null || until === null ? [] : [{ startedAt, until, proven }]));
}

const minutes = 60_000;
const lasted = (from: string, until: string) => Date.parse(until) - Date.parse(from);
const lifeOf = ({ startedAt, at }: Death) => (startedAt === null ? 0 : lasted(startedAt, at));

/** A later life shows that a death was the last one, if it is longer than those of the tasks that died at their start or in a dead one's place. */
function isOver(death: Death, deaths: readonly Death[], lives: readonly Life[]): boolean {
  const ordeal = Math.max(0, ...relapsesIn(deaths).map(lifeOf));
  const early = lifeOf(death) < 5 * minutes ? lifeOf(death) : 0;
  return lives.some(
    ({ startedAt, until, proven }) => startedAt > death.at && lasted(startedAt, until) > Math.max(ordeal, proven ? 0 : early),
  );
}
