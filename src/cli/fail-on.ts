import { regressionsIn } from "../regressions.ts";
import type { Report } from "../report.ts";
import { momentOf } from "../reporters/text/runs.ts";
import { named } from "../reporters/text/since.ts";
import { allVisible } from "../reporters/text/visible.ts";
import { counted } from "../reporters/text/words.ts";
import type { Memory } from "./memory.ts";

/** The exit code by regressions alone, whether there are any besides an earlier run, and in one line what they were told by. */
export function byRegressions(report: Report, before: Awaited<ReturnType<Memory["before"]>>, strict: boolean) {
  const { exitCode, regressions, known } = regressionsIn(report, before?.report, { strict });
  const which = before
    ? `compared with run ${before.run.id} (${before.run.verdict}, ${momentOf({ at: before.run.startedAt, ...before.run })})`
    : "compared with nothing, as no earlier run was found";
  const parts = [
    regressions.length > 0 ? `${regressions.length} new: ${named(regressions, report.checks)}` : "nothing new",
    ...(known.length > 0 ? [`${counted(known.length, "blocker is", "blockers are")} as before`] : []),
    ...(regressions.length === 0 && exitCode === 5 ? ["but nothing passed that a GO could rest on"] : []),
  ];
  return {
    exitCode,
    regressed: before !== undefined && regressions.length > 0,
    says: allVisible(`seaworthy: --fail-on new, ${which}: ${parts.join("; ")}; exit code ${exitCode}`),
  };
}
