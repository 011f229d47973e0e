import type { Breaks, Symptom } from "./check.ts";
import type { Link } from "./fact.ts";
import { canLeadTo, isGround } from "./origins.ts";
import type { Status } from "./report.ts";

/** A finding, as far as explaining goes. */
export interface Explainable {
  readonly id: string;
  readonly check: string;
  readonly subject: string;
  readonly status: Status;
  readonly says: string;
  /** What it is put down to by the evidence, as an id of the list of causes. */
  readonly cause: string | null;
  readonly breaks: Breaks;
  readonly symptom: Symptom;
}

/** For each finding that another one explains, by id, the nearest that does. */
export type Explanation = ReadonlyMap<string, string>;

/** Explains a symptom by the nearest failure that can lead to it in what it leans on; if held up, else by what is held up there. */
export function explain(findings: readonly Explainable[], links: readonly Link[]): Explanation {
  const below = Map.groupBy(links, ([from]) => from);
  const moved = findings.filter(({ status }) => status === "fail" || status === "pending");
  const explainedBy = new Map<string, string>();

  for (const symptom of moved) {
    // A cause that this one already explains is none: a circle would leave no root.
    const possible = moved.filter((cause) => canLeadTo(cause, symptom) && rootOf(cause.id, explainedBy) !== symptom.id);
    if (possible.length === 0) continue;
    const lower = leansOn(symptom.subject, below);
    const near = lower.flatMap((one) => possible.filter(({ subject }) => subject === one));
    const failing = near.filter(({ status }) => status === "fail");
    const [nearest = symptom.status === "pending" ? near[0] : undefined] = failing;
    // What passes on what it met itself is a link of the chain; of what it can have met, the words tell which it was.
    const cause = nearest && isGround(nearest) ? (failing.find((one) => isNamed(one, symptom)) ?? nearest) : nearest;
    if (cause) explainedBy.set(symptom.id, cause.id);
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

/** Whether the words of a symptom speak of the subject of a cause: a stopped reason names the secret. */
function isNamed({ subject }: Explainable, { says }: Explainable): boolean {
  const name = subject.slice(subject.indexOf(":") + 1);
  return name.length > 3 && says.includes(name);
}
