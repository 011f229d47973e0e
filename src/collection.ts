import type { Batch } from "./batch.ts";
import type { Fact, Link } from "./fact.ts";
import type { Collection, Dated } from "./view.ts";

/** Readings under their names. Where two subjects would share a name and are not the same thing, the later keeps its id. */
export function collected(fact: Fact, batch: Batch): Omit<Collection, "missing"> {
  const readings: Record<string, Dated> = {};
  const names: Record<string, string> = {};
  for (const [subject, reading] of batch) {
    const wanted = fact.name(subject, reading.state === "known" ? reading.value : undefined);
    const taken = readings[wanted];
    const name = taken && !sameValue(taken, reading) ? subject : wanted;
    if (name !== subject) names[subject] = name;
    readings[name] ??= reading;
  }
  return { kind: fact.kind, readings, names, links: linksOf(fact, readings) };
}

/** Whether two values are the same JSON. */
export const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

const sameValue = (one: Dated, other: Dated) => one.state === "known" && other.state === "known" && same(one.value, other.value);

function linksOf(fact: Fact, readings: Collection["readings"]): readonly Link[] {
  return Object.entries(readings).flatMap(([name, reading]) => (reading.state === "known" ? fact.links(reading.value, name) : []));
}
