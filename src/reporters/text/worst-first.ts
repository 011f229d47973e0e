import type { Told } from "./words.ts";

const severities = ["blocker", "warning", "advice"];
const open = ["fail", "unknown", "pending"];

/** Whether a finding asks for anything: it fails, is not known or is still moving. */
export const isOpen = ({ status }: Pick<Told, "status">): boolean => open.includes(status);

/**
 * Blockers first, of each severity what fails first, and what explains others before them; then what is waived, and last what passed or
 * does not apply.
 */
export const worstFirst = (findings: readonly Told[]): readonly Told[] => findings.toSorted((a, b) => rank(a) - rank(b));

function rank({ status, waiver, explainedBy, check: { severity } }: Told): number {
  if (!open.includes(status)) return 1000;
  return (waiver ? 100 : 0) + severities.indexOf(severity) * 10 + open.indexOf(status) * 2 + (explainedBy ? 1 : 0);
}
