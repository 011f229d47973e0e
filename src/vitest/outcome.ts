import type { Report } from "../report.ts";
import { reasonOf, type Told, termsOf, told } from "../reporters/text/words.ts";

/** How a test ends, and what is said of it. */
export interface Outcome {
  readonly ends: "pass" | "fail" | "skip";
  readonly says: string;
}

/** How the test of one finding ends. What is not known is never green; a waived failure, like what does not apply, is skipped. */
export function outcomeOf(finding: Told, strict: boolean): Outcome {
  const { status, subject, says, waiver, check } = finding;
  const sentence = `${subject} ${says}`;
  if (status === "pass" || status === "skip") return { ends: status, says: sentence };
  if (waiver) return { ends: "skip", says: `waived ${termsOf(waiver)} (${sentence})` };
  const counts = check.severity === "blocker" || (check.severity === "warning" && strict);
  if (counts) return { ends: "fail", says: detailsOf(finding) };
  return status === "fail" ? { ends: "pass", says: `${check.severity}: ${sentence}` } : { ends: "skip", says: `${status}: ${sentence}` };
}

/** The sentence, what it rests on, and what to do about it. */
export function detailsOf({ subject, says, check, because, explainedBy, fix, evidence }: Told): string {
  const seen = Object.entries(evidence).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`);
  return [
    `${subject} ${says}`,
    ...(because ? [`not known: ${reasonOf(because)}`] : []),
    ...(explainedBy ? [`explained by ${explainedBy}: mend that first`] : []),
    ...(fix ? ["", `to mend it: ${fix.do}`, ...fix.run.map((line) => `  ${line}`)] : []),
    ...(seen.length > 0 ? ["", "evidence:", ...seen] : []),
    "",
    `${check.title}: ${check.why}`,
  ].join("\n");
}

/** How the test of the verdict ends: with the root causes and what mends them. So it fails too where nothing that decides was asked. */
export function verdictOutcome(report: Report): Outcome {
  const { verdict, exitCode, rootCauses, deployment, unknowns } = report;
  const says = `${deployment.name} is ${verdict}`;
  if (verdict === "GO" && exitCode === 0) return { ends: "pass", says };
  const blocking = told(report).filter(({ check, waiver }) => check.severity === "blocker" && !waiver);
  const open = blocking.filter(({ status }) => status === "unknown" || status === "pending");
  const causes = rootCauses.map(({ says, fix, explains }) =>
    [
      `root cause: ${says}${explains.length > 0 ? ` (explains ${explains.length} more)` : ""}`,
      ...(fix ? [`  ${fix.do}`, ...fix.run.map((line) => `    ${line}`)] : []),
    ].join("\n"),
  );
  const reasons = [...new Set(unknowns.map((unknown) => `not known: ${reasonOf(unknown)}`))];
  const nothing = open.length === 0 && causes.length === 0 ? ["Nothing that decides could be asked."] : [];
  return { ends: "fail", says: [says, ...causes, ...(verdict === "HOLD" ? reasons : []), ...nothing].join("\n\n") };
}
