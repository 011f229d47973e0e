import { type Compared, type ComparedFinding, isOpen } from "./changes.ts";
import { type Verdict, verdictOf } from "./verdict.ts";

/** How a run ends under `--fail-on new`, and the findings that decide it. */
export interface Gated {
  readonly exitCode: Verdict["exitCode"];
  /** Blocking failures that did not block the earlier run, and blockers open that were neither failing nor open in the same way. */
  readonly regressions: readonly string[];
  /** What blocks as it did before, and here weighs no more than a warning. */
  readonly known: readonly string[];
}

/**
 * Judges by regressions alone. Known is a blocker that fails and blocked by failing before; or that is open, and blocked by failing or by
 * being open in the same way (pending, or unknown of the same kind for the same action): what it hides was not seen to work then either.
 * A failure that was accepted by a waiver then, or weighed less, is new: what was accepted until a day is not accepted for ever.
 * A green still needs a blocker that passed, as any GO does. Without an earlier run everything is new.
 */
export function regressionsIn(after: Compared, before: Compared | undefined, rules: { readonly strict?: boolean } = {}): Gated {
  const earlier = new Map(before ? blockersOf(before).map((finding) => [finding.id, finding]) : []);
  const blocking = blockersOf(after).filter((finding) => finding.status === "fail" || isOpen(finding));
  const known = new Set(blocking.filter((finding) => isKnown(finding, earlier.get(finding.id))).map(({ id }) => id));
  const weighed = after.checks.flatMap(({ severity, findings }) =>
    findings.map(({ id, status, waiver }) => ({
      severity: known.has(id) ? ("warning" as const) : severity,
      status,
      waived: waiver !== null,
    })),
  );
  return {
    exitCode: verdictOf(weighed, rules).exitCode,
    regressions: blocking.flatMap(({ id }) => (known.has(id) ? [] : [id])),
    known: [...known],
  };
}

function isKnown(now: ComparedFinding, then: ComparedFinding | undefined): boolean {
  if (!then) return false;
  if (then.status === "fail") return true;
  const alike = then.status === now.status && then.because?.kind === now.because?.kind && then.because?.action === now.because?.action;
  return isOpen(now) && alike;
}

const blockersOf = ({ checks }: Compared): readonly ComparedFinding[] =>
  checks.flatMap(({ severity, findings }) => (severity === "blocker" ? findings.filter(({ waiver }) => waiver === null) : []));
