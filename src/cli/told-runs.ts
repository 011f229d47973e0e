import { changesBetween } from "../changes.ts";
import type { History, KeptRun, Wanted } from "../history.ts";
import { type EarlierReport, parseReport } from "../report-file.ts";

/** A run as the history tells of it; what changed is since the run before of the same deployment in the same scene, `null` without one. */
export interface ToldRun extends KeptRun {
  readonly failing: number;
  readonly open: number;
  readonly changes: { readonly new: number; readonly fixed: number } | null;
}

/** The latest runs, the newest first. */
export function toldRuns(history: History, whose: Wanted, limit: number): readonly ToldRun[] {
  const reports = new Map<number, EarlierReport>();
  const reportOf = ({ id }: KeptRun) => {
    const report = reports.get(id) ?? parseReport(history.report(id) ?? "", `run ${id}`);
    reports.set(id, report);
    return report;
  };
  const all = history.runs(whose);
  return all.slice(0, limit).map((run, n) => {
    const before = run.interrupted ? undefined : all.slice(n + 1).find((one) => !one.interrupted && isAlike(one, run));
    const changes = before && changesBetween(reportOf(before), reportOf(run));
    const findings = reportOf(run).checks.flatMap((check) => check.findings.filter(({ waiver }) => waiver === null));
    const count = (...statuses: readonly string[]) => findings.filter(({ status }) => statuses.includes(status)).length;
    return {
      ...{ ...run, failing: count("fail"), open: count("unknown", "pending") },
      changes: changes ? { new: changes.new.length, fixed: changes.fixed.length } : null,
    };
  });
}

/** Whether two runs are of the same deployment, in the same scene. */
export const isAlike = (one: KeptRun, other: KeptRun): boolean =>
  (["deployment", "account", "region", "cluster", "scene"] as const).every((key) => one[key] === other[key]);
