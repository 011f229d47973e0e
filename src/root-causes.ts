import { type Explanation, rootOf } from "./causes.ts";
import type { ReportedCheck, RootCause, Status } from "./report.ts";

/** Failures that nothing explains, worst first; what is still moving only where nothing fails, and warnings where no blocker does. */
export function rootCausesOf(checks: readonly ReportedCheck[], explainedBy: Explanation): readonly RootCause[] & RootCause[] {
  const findings = checks.flatMap((check) => check.findings.filter(({ waiver }) => !waiver).map((finding) => ({ ...finding, check })));
  const of = (status: Status, severity: string) => findings.filter((one) => one.status === status && one.check.severity === severity);
  const failing = of("fail", "blocker");
  const bad = failing.length > 0 ? failing : [...of("pending", "blocker"), ...of("fail", "warning")];
  const roots = new Set(bad.map(({ id }) => rootOf(id, explainedBy)));

  const rooted = findings.filter(({ id }) => roots.has(id));
  const families = Map.groupBy(rooted, ({ check, cause, says }) => `${check.id} ${cause ?? says}`);
  const explained = findings.filter(({ id }) => explainedBy.has(id));
  const causes = [...families.values()].flatMap(([first, ...rest]): RootCause[] => {
    if (!first) return [];
    const family = [first, ...rest].map(({ id }) => id);
    const explains = explained.filter(({ id }) => family.includes(rootOf(id, explainedBy))).map(({ id }) => id);
    const { id: finding, cause, subject, says, fix } = first;
    return [{ finding, cause, says: `${subject} ${says}`, alike: family.slice(1), explains, fix }];
  });
  return causes.toSorted((a, b) => b.explains.length - a.explains.length);
}
