import pRetry from "p-retry";
import type { Port } from "./aws.ts";
import type { Scene } from "./check.ts";
import type { Config } from "./config.ts";
import { type Countdown, factsOf, type PlannedCheck } from "./countdown.ts";
import type { Ignorance } from "./fact.ts";
import type { Means, Snapshot } from "./gather.ts";
import { type Judgement, judge } from "./judge.ts";
import type { Report, ReportedFinding } from "./report.ts";
import { askOnce } from "./round.ts";
import type { Web } from "./web.ts";

/** What happens while a run goes on, for whoever shows it. Times are milliseconds. */
export type Progress =
  | { readonly type: "asking"; readonly round: number; readonly facts: readonly string[] }
  | { readonly type: "read"; readonly fact: string }
  | { readonly type: "judged"; readonly round: number; readonly snapshot: Snapshot; readonly judgement: Judgement }
  | { readonly type: "waiting"; readonly pending: readonly string[]; readonly left: number };

/** One run: what is asked, of whom, and for how long. */
export interface Job {
  readonly countdown: Countdown;
  readonly config: Config;
  readonly scene: Scene;
  readonly strict?: boolean;
  readonly port: Port;
  readonly web: Web;
  readonly clock: () => Date;
  /** Milliseconds for one round of asking, and for waiting until pending things come true. */
  readonly deadline: number;
  readonly wait: number;
  /** Milliseconds before the second round; later ones come more slowly. */
  readonly pace?: number;
  /** Aborted with an `Unasked` when the run is interrupted. */
  readonly signal: AbortSignal;
  readonly lacking?: Means["lacking"];
  /** What must not be said, for as long as the run lasts: what one round has read, a later one may quote. */
  readonly discretion: Means["discretion"];
  readonly onProgress?: (progress: Progress) => void;
}

/** What a run came to. */
export interface Outcome {
  readonly snapshot: Snapshot;
  readonly judgement: Judgement;
  readonly waiting: Report["waiting"];
  /** In how many rounds each check was asked, by id. */
  readonly attempts: ReadonlyMap<string, number>;
}

/** Asks the whole countdown, and again what may still come true, until it is decided or time runs out. Never rejects. */
export async function converge(job: Job, earlier?: Snapshot): Promise<Outcome> {
  const waiting: Report["waiting"] = [];
  const attempts = new Map<string, number>();
  const started = job.clock().getTime();
  let outcome: Pick<Outcome, "snapshot" | "judgement"> | undefined;

  const ask = async (round: number, checks: readonly PlannedCheck[], before: Pick<Means, "earlier" | "keep">) => {
    const facts = factsOf(checks);
    job.onProgress?.({ type: "asking", round, facts: facts.map(({ id }) => id) });
    for (const { id } of checks) attempts.set(id, (attempts.get(id) ?? 0) + 1);
    const judged = (snapshot: Snapshot) => ({ snapshot, judgement: judge(job.countdown, snapshot, { ...job, attempts }) });
    // Judged while the last question is under way; where nothing moved, that stands.
    let early: ReturnType<typeof judged> | undefined;
    const snapshot = await askOnce(job, facts, before, (gathered) => {
      early = judged(gathered);
    });
    outcome = early?.snapshot === snapshot ? early : judged(snapshot);
    job.onProgress?.({ type: "judged", round, ...outcome });
    return outcome;
  };

  const attempt = async (round: number) => {
    const { checks } = job.countdown;
    let { snapshot, judgement } = outcome
      ? await ask(round, moving(job, outcome.judgement), { earlier: outcome.snapshot, keep: "steady" })
      : await ask(round, checks, earlier ? { earlier, keep: "all" } : {});
    // A verdict never rests on evidence from before the wait, nor on things that were seen at two times and never together.
    if (round > 1 && judgement.verdict !== "HOLD")
      ({ snapshot, judgement } = await ask(round, checks, { earlier: snapshot, keep: "steady" }));

    const pending = judgement.verdict === "HOLD" ? hopeful(judgement, job).map(({ id }) => id) : [];
    if (pending.length === 0) return;
    const left = job.wait - (job.clock().getTime() - started);
    waiting.push({ at: snapshot.takenAt, pending });
    if (left > 0) job.onProgress?.({ type: "waiting", pending, left });
    throw new StillMoving();
  };

  const { wait, signal, pace = 1000 } = job;
  const backoff = { retries: Number.POSITIVE_INFINITY, minTimeout: pace, maxTimeout: 15 * pace, factor: 1.5, maxRetryTime: wait, signal };
  await pRetry(attempt, wait > 0 ? backoff : { retries: 0 }).catch((error: unknown) => {
    if (!(error instanceof StillMoving || signal.aborted)) throw error;
  });
  return { ...(outcome ?? (await ask(1, job.countdown.checks, {}))), waiting, attempts };
}

class StillMoving extends Error {}

/** Kinds of not knowing that may pass by themselves. */
const passing: readonly Ignorance[] = ["throttled", "timeout", "network", "moved"];

/** The findings that may still come true. Where nobody is reached from the start, the place is wrong, and waiting does not mend it. */
function hopeful({ checks }: Judgement, { countdown }: Job): readonly ReportedFinding[] {
  const firsts = countdown.checks.filter(({ first }) => first).map(({ id }) => id);
  return checks
    .filter(({ severity }) => severity === "blocker")
    .flatMap(({ id, findings }) =>
      findings.filter(({ status, because, waiver }) => {
        if (waiver || (because?.kind === "network" && firsts.includes(id))) return false;
        return status === "pending" || (because !== null && passing.includes(because.kind));
      }),
    );
}

function moving(job: Job, judgement: Judgement): readonly PlannedCheck[] {
  const ids = new Set(hopeful(judgement, job).map(({ id }) => id.slice(0, id.indexOf("/"))));
  return job.countdown.checks.filter(({ id }) => ids.has(id));
}
