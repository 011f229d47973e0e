import type { Report, ReportedFinding } from "../report.ts";
import { callsOf } from "../reporters/text/words.ts";
import type { Seen } from "./seen.ts";

/** As many of each as a line of a log should hold. */
const most = 20;

/** Of a report what somebody who reads the function's log wants: the verdict, why, and what mends it. */
export function toldOf(report: Report) {
  const { deployment, scene, verdict, coverage, counts, rootCauses, unknowns, usage } = report;
  const open = openIn(report);
  return {
    ...{ deployment: deployment.name, scene, verdict, coverage, counts },
    rootCauses: rootCauses
      .slice(0, most)
      .map(({ finding, cause, says, alike, fix }) => ({ finding, cause, says, alike: alike.length, fix })),
    open: open.slice(0, most).map(({ id, status, says }) => ({ finding: id, status, says })),
    unknowns: unknowns.slice(0, most),
    left: { rootCauses: over(rootCauses), open: over(open), unknowns: over(unknowns) },
    durationMs: usage.durationMs,
    calls: callsOf(usage),
  };
}

const over = (all: readonly unknown[]) => Math.max(0, all.length - most);

/** The blocking questions that have no answer yet. */
function openIn({ checks }: Report): readonly ReportedFinding[] {
  const blocking = checks.filter(({ severity }) => severity === "blocker").flatMap(({ findings }) => findings);
  return blocking.filter(({ status, waiver }) => !waiver && (status === "pending" || status === "unknown"));
}

/** The reason of an answer, in one sentence. `late`: it waits no more. */
export function reasonOf(report: Report, { seen, late }: { readonly seen: Seen; readonly late: boolean }): string {
  const { verdict, coverage, rootCauses } = report;
  if (seen === "another") return "What was seen is of another service deployment than the one that waits";
  if (seen === "unknown" && verdict !== "HOLD")
    return "It could not be found out whether what was seen is of the service deployment that waits";
  if (verdict === "GO") return `Fit: ${coverage.answered} of ${coverage.blocking} blocking questions answered, and nothing against it`;
  const open = openIn(report);
  const roots = verdict === "NO-GO" ? rootCauses : rootCauses.filter(({ finding }) => open.some(({ id }) => id === finding));
  const all = roots.length > 0 ? roots.map(({ says }) => says) : open.map(({ subject, says }) => `${subject} ${says}`);
  const said = `${all[0] ?? "no blocking question could be asked"}${all.length > 1 ? `, and ${all.length - 1} more` : ""}`;
  if (verdict === "NO-GO") return said;
  return `${late ? "Time is up, and it was never clear" : "Not clear yet"}: ${said}`;
}
