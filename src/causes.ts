import type { Link } from "./fact.ts";
import type { Status } from "./report.ts";

/** A finding, as far as explaining goes. */
export interface Explainable {
  readonly id: string;
  readonly subject: string;
  readonly status: Status;
  /** While it fails, what leans on its subject cannot work. */
  readonly breaks: boolean;
  /** It also fails where something that its subject leans on is broken. */
  readonly symptom: boolean;
}

/** For each finding that another one explains, by id, the nearest that does. */
export type Explanation = ReadonlyMap<string, string>;

/** Explains a symptom that fails, or is held up, by the nearest failure that breaks what its subject leans on; else by what is held up there. */
export function explain(findings: readonly Explainable[], links: readonly Link[]): Explanation {
  const below = Map.groupBy(links, ([from]) => from);
  const causes = findings.filter(({ status, breaks }) => breaks && (status === "fail" || status === "pending"));
  const symptoms = findings.filter(({ status, symptom }) => symptom && (status === "fail" || status === "pending"));
  const explainedBy = new Map<string, string>();

  for (const { id, subject, status } of symptoms) {
    // A cause that this one already explains is none: a circle would leave no root.
    const possible = causes.filter((cause) => rootOf(cause.id, explainedBy) !== id);
    const lower = leansOn(subject, below);
    const nearest = (wanted: Status) =>
      lower.flatMap((one) => possible.find((cause) => cause.subject === one && cause.status === wanted) ?? [])[0];
    const cause = nearest("fail") ?? (status === "pending" ? nearest("pending") : undefined);
    if (cause) explainedBy.set(id, cause.id);
  }
  return explainedBy;
}

/** The finding at the end of the explanations: itself, where nothing explains it. */
export function rootOf(id: string, explainedBy: Explanation): string {
  const cause = explainedBy.get(id);
  return cause === undefined ? id : rootOf(cause, explainedBy);
}

/** Everything below a subject, nearest first. */
function leansOn(subject: string, below: ReadonlyMap<string, readonly Link[]>): readonly string[] {
  const found = new Set([subject]);
  for (const one of found) for (const [, lower] of below.get(one) ?? []) found.add(lower);
  return [...found].slice(1);
}
