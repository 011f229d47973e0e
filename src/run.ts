import { stateOf } from "./attestations.ts";
import type { NamedCheck } from "./check.ts";
import type { Config } from "./config.ts";
import { factsOf, plan } from "./countdown.ts";
import { caller } from "./facts/caller.ts";
import { Interrupted } from "./failure.ts";
import type { Snapshot } from "./gather.ts";
import { type Judgement, judge } from "./judge.ts";
import { discretion } from "./mask.ts";
import type { Report, Usage } from "./report.ts";
import { askOnce, refusing } from "./round.ts";
import { isAtRest, runbookOf } from "./runbook.ts";
import { scout } from "./scout.ts";
import { sealed } from "./seal.ts";
import type { SnapshotFile } from "./snapshot.ts";
import { converge, type Job } from "./wait.ts";
import { waiversOf } from "./waivers.ts";

type Circumstances = Pick<Job, "config" | "scene" | "strict" | "clock" | "signal" | "onProgress">;

/** What is judged, and by which checks. */
export interface Judging extends Circumstances {
  readonly checks: readonly NamedCheck[];
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly version: string;
  /** Who judges, from which commit and by which configuration; nothing is known of it, unless stated. */
  readonly origin?: Report["origin"] | Promise<Report["origin"]>;
  /** The words of a command line that say which deployment is meant. */
  readonly meant?: string;
}

/** What is asked, of whom, and how patiently. Times are milliseconds. */
export interface Request extends Judging, Pick<Job, "port" | "web" | "deadline" | "wait" | "pace"> {
  /** The calls that were made so far. */
  readonly calls: () => Usage;
}

/** A report, and all that it rests on. */
export interface Run {
  readonly report: Report;
  readonly snapshot: SnapshotFile;
}

/** Gathers, judges and waits. Rejects only for a fault of seaworthy itself: what goes wrong out there is in the report. */
export async function run(request: Request): Promise<Run> {
  const startedAt = request.clock();
  const { scene } = request;
  const discreet = { ...request, discretion: discretion() };
  const { config, lacking, opening } = await scout({ ...discreet, countdown: planned(request, request.config) });
  const job = { ...discreet, config, lacking, countdown: planned(request, config) };
  const { snapshot, judgement, waiting, attempts } = await converge(job, opening);
  const tool = { name: "seaworthy", version: request.version } as const;
  const rounds = { attempts: Object.fromEntries(attempts), waiting };
  const file: SnapshotFile = { tool, scene, config, ...snapshot, lacking, rounds, calls: request.calls() };
  return { snapshot: file, report: await reportOf(file, judgement, request, startedAt) };
}

/** Judges a snapshot once more, without any network: what it does not hold is `unasked`. */
export async function rejudge(file: SnapshotFile, request: Judging): Promise<Run> {
  const startedAt = request.clock();
  const { config, scene } = request;
  const countdown = planned(request, config);
  const clock = () => new Date(file.takenAt);
  const offline = { ...refusing("it is not in the snapshot"), discretion: discretion(), deadline: 60_000, wait: 0 };
  const job = { ...request, ...offline, countdown, clock, lacking: file.lacking };
  const snapshot = await askOnce(job, factsOf(countdown.checks), { earlier: file, keep: "all" });
  const judgement = judge(countdown, snapshot, { ...request, attempts: new Map(Object.entries(file.rounds.attempts)) });
  const again: SnapshotFile = { ...file, ...snapshot, scene, config };
  return { snapshot: again, report: await reportOf(again, judgement, request, startedAt) };
}

const planned = ({ checks, scene, only = [], skip = [] }: Judging, { severity }: Config) => plan(checks, { scene, severity, only, skip });

async function reportOf(file: SnapshotFile, judgement: Judgement, request: Judging, startedAt: Date): Promise<Report> {
  const { clock, signal, origin } = request;
  const { config, facts, tool, calls, rounds } = file;
  const interruption = signal.reason instanceof Interrupted ? signal.reason : undefined;
  const finishedAt = clock();
  const { verdict, scene, coverage, counts, rootCauses, checks, links, notAsked, unknowns } = judgement;
  return {
    schema: "seaworthy.report/1",
    tool,
    deployment: {
      name: config.deployment,
      account: accountOf(facts) ?? config.account ?? null,
      region: config.region ?? null,
      cluster: config.cluster,
    },
    scene,
    verdict,
    exitCode: interruption?.exitCode ?? judgement.exitCode,
    interrupted: interruption !== undefined,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    origin: (await origin) ?? { by: null, commit: null, url: null, configuration: null },
    snapshot: sealed(file).sha256,
    coverage,
    counts,
    rootCauses,
    checks,
    links,
    since: null,
    notAsked,
    waivers: waiversOf(config.waivers, checks, new Date(file.takenAt)),
    attestations: [...stateOf(config, new Date(file.takenAt))],
    unknowns,
    waiting: rounds.waiting,
    runbook: runbookFor(file, judgement, request),
    usage: { durationMs: finishedAt.getTime() - startedAt.getTime(), calls },
  };
}

/** What it takes to scale up: where that is asked, and at a sign-off of what is at rest as the checklist would judge the same readings. */
function runbookFor(file: SnapshotFile, judgement: Judgement, request: Judging): Report["runbook"] {
  const { config } = file;
  const meant = request.meant === undefined ? {} : { meant: request.meant };
  if (judgement.scene === "pre-scale-up") return runbookOf({ snapshot: file, judgement, config, ...meant });
  if (judgement.scene !== "sign-off" || !isAtRest(file)) return null;
  const scene = "pre-scale-up";
  const countdown = planned({ ...request, scene }, config);
  if (countdown.checks.length === 0) return null;
  return runbookOf({ snapshot: file, judgement: judge(countdown, file, { ...request, config, scene }), config, ...meant });
}

/** The account that was asked, which is not always the one that was meant. */
function accountOf(facts: Snapshot["facts"]): string | undefined {
  const reading = facts[caller.id]?.readings["caller"];
  return reading?.state === "known" ? (reading.value as { account: string }).account : undefined;
}
