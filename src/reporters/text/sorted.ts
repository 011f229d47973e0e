import type { Report, ReportedFinding, RootCause } from "../../report.ts";
import { type Told, told } from "./words.ts";

/** A root cause, and the finding that it is. */
export type Root = RootCause & { readonly of: Told };

/** A reason for not knowing, and the findings that it left open. */
export interface Gap {
  readonly because: NonNullable<ReportedFinding["because"]>;
  readonly findings: readonly Told[];
}

/** What a reader has to be told besides the countdown: every finding that is no pass and no skip, in exactly one place. */
export interface Sorted {
  /** Failing blockers that nothing explains; else what is still moving, and failing warnings. */
  readonly causes: readonly Root[];
  readonly moving: readonly Root[];
  readonly warnings: readonly Root[];
  readonly alsoFailing: readonly Told[];
  readonly alsoMoving: readonly Told[];
  readonly gaps: readonly Gap[];
  readonly waived: readonly Told[];
}

/** Sorts the findings of a report by what a reader does about them. */
export function sorted(report: Report): Sorted {
  const findings = told(report);
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const roots = report.rootCauses.flatMap((root) => {
    const of = byId.get(root.finding);
    return of ? [{ ...root, of }] : [];
  });
  const covered = new Set(roots.flatMap(({ finding, alike, explains }) => [finding, ...alike, ...explains]));
  const rest = findings.filter(({ id, waiver }) => !covered.has(id) && !waiver);
  // What was not asked for want of something else comes after that.
  const unknown = rest
    .filter(({ status }) => status === "unknown")
    .toSorted((a, b) => Number(a.because?.kind === "unasked") - Number(b.because?.kind === "unasked"));
  const reasons = Map.groupBy(unknown, ({ because }) => `${because?.kind} ${actionOf(because)} ${because?.why}`);
  return {
    causes: roots.filter(({ of }) => of.status === "fail" && of.check.severity === "blocker"),
    moving: roots.filter(({ of }) => of.status === "pending"),
    warnings: roots.filter(({ of }) => of.status === "fail" && of.check.severity !== "blocker"),
    alsoFailing: rest.filter(({ status }) => status === "fail"),
    alsoMoving: rest.filter(({ status }) => status === "pending"),
    gaps: [...reasons.values()].map((own) => ({
      because: { kind: "internal", why: "no reason was given", ...own[0]?.because, action: actionOf(own[0]?.because) },
      findings: own,
    })),
    waived: findings.filter(({ waiver }) => waiver),
  };
}

/** What was never asked has one reason, whichever call it would have been. */
const actionOf = (because: Gap["because"] | null | undefined) => (because && because.kind !== "unasked" ? because.action : null);
