import type { Fact, ValueOf } from "../fact.ts";
import type { Snapshot } from "../gather.ts";
import type { Judgement } from "../judge.ts";
import type { Report } from "../report.ts";

/** One thing to do, the commands for it, and how long that takes. */
export type Step = NonNullable<Report["runbook"]>[number];

/** The part of a judgement that a runbook follows from. */
export type Judged = Pick<Judgement, "verdict" | "checks" | "rootCauses" | "notAsked">;

/** Makes a step. */
export const step = (does: string, run: readonly string[], takes: string): Step => ({ do: does, run: [...run], takes });

/** `a`, `a and b`, `a, b and c`. */
export const list = (words: readonly string[]): string =>
  words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : (words[0] ?? "");

/** All that there is of a fact; null, where it was not gathered or is not known whole. */
export function valuesOf<F extends Fact>({ id }: F, { facts }: Pick<Snapshot, "facts">): readonly ValueOf<F>[] | null {
  const collection = facts[id];
  const readings = Object.values(collection?.readings ?? {});
  const lacking = [...readings, ...(collection?.missing ?? []).map(({ reading }) => reading)].some(({ state }) => state === "unknown");
  if (!collection || lacking) return null;
  return readings.flatMap((reading) => (reading.state === "known" ? [reading.value as ValueOf<F>] : []));
}
