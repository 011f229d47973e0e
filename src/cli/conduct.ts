import type { Service } from "../aws.ts";
import type { NamedCheck, Scene } from "../check.ts";
import type { Config } from "../config.ts";
import { type Access, connect } from "../connect.ts";
import { type Countdown, factsOf, plan } from "../countdown.ts";
import { withNeeds } from "../gather.ts";
import { Mistake } from "../mistake.ts";
import type { Report } from "../report.ts";
import { type Judging, type Run, rejudge, run } from "../run.ts";
import type { SnapshotFile } from "../snapshot.ts";
import { traceOf } from "../traces.ts";
import type { Progress } from "../wait.ts";
import { type DoorOptions, webDoor } from "../web-door.ts";
import { coloured, deliver } from "./deliver.ts";
import type { Memory } from "./memory.ts";
import type { Options } from "./options.ts";
import { say } from "./output.ts";
import { watch } from "./progress.ts";
import { checkWords, durationOf, expecting, outletsOf } from "./settings.ts";
import { interruptible } from "./signals.ts";
import { troubleOf } from "./trouble.ts";
import { version } from "./version.ts";

/** One run, with all that the command line knows of it. */
export interface Undertaking {
  readonly scene: Scene;
  readonly config: Config;
  readonly checks: readonly NamedCheck[];
  readonly options: Options;
  /** How long to wait where the command line does not say. */
  readonly wait: string;
  /** Shown above the progress. */
  readonly title: string;
  readonly access: Access;
  /** The words that mean the same deployment to a later command. */
  readonly meant?: string | undefined;
  readonly origin?: Judging["origin"];
  /** Nobody wants to know what they come to. */
  readonly factsOnly?: boolean;
  /** Judged instead of asking anybody. */
  readonly snapshot?: SnapshotFile | undefined;
  /** The file in which the run is kept, and found again by later ones. */
  readonly history?: string | undefined;
  /** No deployment of anybody's is judged: what a pipeline collects by itself is left alone. */
  readonly rehearsal?: true;
  readonly clock?: () => Date;
  readonly pace?: number;
  readonly door?: DoorOptions;
  readonly onProgress?: (progress: Progress) => void;
}

/** An undertaking of which everything that the command line says is understood. */
export interface Conditions extends Undertaking {
  readonly judging: Omit<Judging, "signal">;
  readonly countdown: Countdown;
  readonly waitMs: number;
  readonly deadlineMs: number;
}

/** How a run ended. */
export interface Conducted {
  readonly report: Report;
  readonly exitCode: number;
}

/** Runs, shows progress on stderr, writes every report that was asked for, and keeps the run. Throws a Mistake before anything is asked. */
export async function conduct(undertaking: Undertaking): Promise<Conducted> {
  const { options, access, history, rehearsal } = undertaking;
  const outlets = await outletsOf(options, rehearsal ? {} : process.env);
  const conditions = conditionsOf(undertaking);
  const { signal, release } = interruptible();
  const recall = recalling(history);
  const onProgress = (progress: Progress) => {
    undertaking.onProgress?.(progress);
    // While AWS is thinking, and not while the first questions are being put.
    if (progress.type === "read") void recall();
  };
  const { report: asked, snapshot } = await ask({ ...conditions, onProgress }, signal);
  const memory = await recall();
  const report = memory ? { ...asked, since: await memory.since(asked) } : asked;
  const gated = options.failOn === undefined || report.interrupted ? undefined : await gatedBy(memory, report, options);

  const whole = await deliver(outlets, report, snapshot, options);
  await memory?.keep(report, gated?.regressed ?? false);
  release();
  const trouble = undertaking.snapshot ? undefined : troubleOf(report, access.endpoint);
  if (trouble) say(trouble);
  if (gated) say(gated.says);
  const exitCode = gated?.exitCode ?? report.exitCode;
  // A report that is missing must not go unseen behind a green; every other code says more than that.
  return { report, exitCode: whole || exitCode !== 0 ? exitCode : 2 };
}

/** Opens the memory when it is first asked for. */
function recalling(file: string | undefined): () => Promise<Memory | undefined> {
  let opening: Promise<Memory> | undefined;
  return async () => {
    if (file !== undefined) opening ??= import("./memory.ts").then(({ memoryIn }) => memoryIn(file));
    return opening;
  };
}

/** What --fail-on makes of a run. */
async function gatedBy(memory: Memory | undefined, report: Report, { strict = false }: Options) {
  const { byRegressions } = await import("./fail-on.ts");
  return byRegressions(report, await memory?.before(report), strict);
}

/** Understands the command line, or throws a Mistake. */
export function conditionsOf(undertaking: Undertaking): Conditions {
  const { options, scene, checks, meant, origin, clock = () => new Date() } = undertaking;
  const { only = [], skip = [], strict = false } = options;
  checkWords([...only, ...skip], checks);
  const config = expecting(undertaking.config, options);
  const countdown = plan(checks, { scene, severity: config.severity, only, skip });
  if (countdown.checks.length === 0)
    throw new Mistake("No check matched: nothing would be asked in this scene", "See which there are: seaworthy list");
  const waitMs = durationOf("--wait", options.wait ?? undertaking.wait);
  const deadlineMs = durationOf("--deadline", options.deadline ?? "60s");
  const judging = {
    config,
    scene,
    strict,
    checks,
    only,
    skip,
    version,
    clock,
    ...(meant !== undefined && { meant }),
    ...(origin && { origin }),
  };
  return { ...undertaking, judging, countdown, waitMs, deadlineMs };
}

/** Runs once, live or off a snapshot. Where the signal is aborted, the asking ends with what there is by then. */
export function ask(conditions: Conditions, signal: AbortSignal): Promise<Run> {
  const { judging, snapshot } = conditions;
  return snapshot ? rejudge(snapshot, { ...judging, signal }) : askLive(conditions, signal);
}

async function askLive(conditions: Conditions, signal: AbortSignal): Promise<Run> {
  const { judging, countdown, options, title, factsOnly, door, pace, waitMs: wait, deadlineMs: deadline } = conditions;
  const { port, warm, calls, close } = connect(conditions.access);
  const trace = await traceOf({ port, countdown, region: conditions.access.region, version }, process.env);
  warm(servicesOf(countdown));
  const web = webDoor(door);
  const look = { quiet: options.quiet ?? false, colour: coloured(process.stderr, options), ci: Boolean(process.env["CI"]) };
  const watcher = await watch({ countdown, title }, look, process.stderr);
  const onProgress = (progress: Progress) => {
    conditions.onProgress?.(progress);
    trace?.on(progress);
    if (!(factsOnly && progress.type === "judged")) watcher.on(progress);
  };
  let came: Run | undefined;
  try {
    const doors = { port: trace?.port ?? port, web, calls };
    came = await run({ ...judging, ...doors, signal, wait, deadline, onProgress, ...(pace === undefined ? {} : { pace }) });
    return came;
  } finally {
    watcher.end();
    close();
    await web.close();
    const trouble = await trace?.end(came?.report);
    if (trouble) say(trouble);
  }
}

/** The services that are called, those first that are called soonest: their facts need the fewest others. */
function servicesOf({ checks }: Countdown): readonly Service[] {
  const soonest = factsOf(checks).toSorted((a, b) => withNeeds([a]).length - withNeeds([b]).length);
  return [...new Set(soonest.flatMap(({ calls }) => calls.map((action) => action.slice(0, action.indexOf(":")) as Service)))];
}
