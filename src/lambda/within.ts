import type { Finding, Findings, NamedCheck } from "../check.ts";

/**
 * The checks as they are asked within a deployment that waits for the answer: what only its end can settle is skipped, with that reason, and
 * neither waited for, which would be for ever, nor passed, which nobody knows. All else stands as it is.
 */
export const withinDeployment = (checks: readonly NamedCheck[]): readonly NamedCheck[] =>
  checks.map((check) => ({ ...check, evaluate: (...asked) => leftOpen(check.evaluate(...asked)) }));

function leftOpen(said: Findings): Findings {
  if ("status" in said) return settled(said);
  const [first, ...rest] = said;
  return [settled(first), ...rest.map(settled)];
}

function settled(finding: Finding): Finding {
  if (finding.status !== "pending" || !finding.afterwards) return finding;
  const { evidence: _evidence, afterwards: _afterwards, ...rest } = finding;
  return { ...rest, status: "skip", says: `${finding.says}: only the end of the deployment settles it, which waits for this answer` };
}
