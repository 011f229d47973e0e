import type { Report, ReportedFinding, Status } from "./report.ts";

/** How many findings there are of each status, waived ones apart. */
export function countsOf(findings: readonly { status: Status; waived: boolean }[]): Report["counts"] {
  const count = (status: Status) => findings.filter((finding) => finding.status === status && !finding.waived).length;
  const waived = findings.filter((finding) => finding.waived).length;
  return { pass: count("pass"), fail: count("fail"), pending: count("pending"), unknown: count("unknown"), skip: count("skip"), waived };
}

/** What a finding counts as: a waived one as a skip. */
export const counted = ({ status, waiver }: ReportedFinding): Status => (waiver ? "skip" : status);
const gravity: readonly Status[] = ["skip", "pass", "pending", "unknown", "fail"];
/** The worst of some statuses; nothing at all is not known. */
export const worst = (statuses: readonly Status[]): Status => gravity.findLast((status) => statuses.includes(status)) ?? "unknown";
