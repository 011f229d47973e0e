import type { Report, ReportedCheck, ReportedFinding } from "./report.ts";

/** Of a finding, what is compared. */
export type ComparedFinding = Pick<ReportedFinding, "id" | "status" | "says" | "cause" | "because" | "explainedBy" | "waiver">;
/** Of a report, what is compared. */
export interface Compared {
  readonly checks: readonly (Pick<ReportedCheck, "id" | "severity"> & { readonly findings: readonly ComparedFinding[] })[];
}

/** A report of an earlier run, as far as a later one tells of it. */
export interface EarlierRun extends Compared, Pick<Report, "startedAt" | "verdict"> {
  readonly origin: Pick<Report["origin"], "commit">;
}

/** A finding of either report, as it was and as it is; `null` where that report has none. */
export interface Change {
  readonly id: string;
  readonly before: ComparedFinding | null;
  readonly after: ComparedFinding | null;
}

/**
 * What differs between two reports, finding by finding. Every failing finding of the later one is in exactly one of `new` and
 * `stillFailing`, every failing finding of the earlier one in exactly one of `fixed`, `stillFailing`, `flipped` and `noLongerAsked`.
 * A waiver changes what counts and not what fails: it makes nothing new, and nothing fixed.
 */
export interface Changes {
  /** Fails now, and did not: it passed, did not apply, was not known (then it has flipped as well) or was not asked. */
  readonly new: readonly Change[];
  /** Failed, and passes now. What can no longer be seen to fail is not fixed. */
  readonly fixed: readonly Change[];
  readonly stillFailing: readonly Change[];
  /** Asked in both, and known in one of them only; what is pending is not known yet. */
  readonly flipped: readonly Change[];
  /** Its check was left out; or it failed or was open, and its subject is gone or it no longer applies. */
  readonly noLongerAsked: readonly Change[];
}

/** Compares two reports by the ids of their findings. */
export function changesBetween(before: Compared, after: Compared): Changes {
  const [then, now] = [findingsOf(before), findingsOf(after)];
  const asked = new Set(after.checks.map(({ id }) => id));
  const all = [...new Set([...then.keys(), ...now.keys()])].map(
    (id): Change => ({ id, before: then.get(id) ?? null, after: now.get(id) ?? null }),
  );
  return {
    new: all.filter(({ before, after }) => fails(after) && !fails(before)),
    fixed: all.filter(({ before, after }) => fails(before) && after?.status === "pass"),
    stillFailing: all.filter(({ before, after }) => fails(before) && fails(after)),
    flipped: all.filter(({ before, after }) => before && after && isOpen(before) !== isOpen(after)),
    noLongerAsked: all.filter(({ id, before, after }) => {
      if (before === null || before.status === "skip") return false;
      if (after === null) return before.status !== "pass" || !asked.has(id.slice(0, id.indexOf("/")));
      return after.status === "skip" && fails(before);
    }),
  };
}

/** The changes since another run, as a report states them. */
export function sinceOf(before: EarlierRun, after: Compared): NonNullable<Report["since"]> {
  const { new: fresh, fixed, stillFailing, flipped, noLongerAsked } = changesBetween(before, after);
  const ids = (changes: readonly Change[]) => changes.map(({ id }) => id);
  return {
    ...{ at: before.startedAt, verdict: before.verdict, commit: before.origin.commit },
    ...{ new: ids(fresh), fixed: ids(fixed), stillFailing: ids(stillFailing), flipped: ids(flipped), noLongerAsked: ids(noLongerAsked) },
  };
}

/** Whether what it says of a failure, or puts it down to, is something else than before. */
export const isReworded = ({ before, after }: Change): boolean =>
  before !== null && after !== null && (before.says !== after.says || before.cause !== after.cause);

/** Whether a failure that counted then is accepted now, or the other way round. */
export const isReweighed = ({ before, after }: Change): boolean =>
  ((before?.waiver ?? null) === null) !== ((after?.waiver ?? null) === null);

/** Whether its status is that somebody could not find out, or has to wait. */
export const isOpen = ({ status }: Pick<ComparedFinding, "status">): boolean => status === "unknown" || status === "pending";

const fails = (finding: ComparedFinding | null) => finding?.status === "fail";

const findingsOf = ({ checks }: Compared): ReadonlyMap<string, ComparedFinding> =>
  new Map(checks.flatMap(({ findings }) => findings.map((finding) => [finding.id, finding] as const)));
