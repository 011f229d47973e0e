import type { Report } from "../report.ts";
import type { Progress } from "../wait.ts";
import { ask } from "./ask.ts";
import { conditionsOf, type Undertaking } from "./conditions.ts";
import { deliver } from "./deliver.ts";
import type { Memory } from "./memory.ts";
import type { Options } from "./options.ts";
import { say } from "./output.ts";
import { outletsOf } from "./settings.ts";
import { interruptible } from "./signals.ts";
import { troubleOf } from "./trouble.ts";

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
