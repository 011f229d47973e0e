import { readAll } from "./batch.ts";
import { same } from "./collection.ts";
import { type Fact, unknown } from "./fact.ts";
import { type Means, type Snapshot, withNeeds } from "./gather.ts";
import type { Collection, Dated } from "./view.ts";

/** Asks once more for what must not have changed while all the rest was read. The same snapshot, where nothing has. */
export async function confirmed(snapshot: Snapshot, facts: readonly Fact[], means: Means): Promise<Snapshot> {
  const asked = withNeeds(facts).map(async (fact) => [fact, await movedOf(fact, snapshot.facts[fact.id], means)] as const);
  const moved = (await Promise.all(asked)).filter(([, readings]) => readings.length > 0);
  if (moved.length === 0) return snapshot;
  const changed = moved.flatMap(([{ id }, readings]) => {
    const collection = snapshot.facts[id];
    return collection ? [[id, { ...collection, readings: { ...collection.readings, ...Object.fromEntries(readings) } }] as const] : [];
  });
  return { ...snapshot, facts: { ...snapshot.facts, ...Object.fromEntries(changed) } };
}

/** The readings that did not last, as what they are now: moved, or not known. */
async function movedOf(fact: Fact, collection: Collection | undefined, means: Means): Promise<readonly (readonly [string, Dated])[]> {
  const { identity } = fact;
  if (!identity || !collection) return [];
  const ids = Object.fromEntries(Object.entries(collection.names).map(([id, name]) => [name, id]));
  const names = Object.entries(collection.readings).flatMap(([name, { state }]) => (state === "known" ? [name] : []));
  const subjects = names.map((name) => ids[name] ?? name);
  return (await readAll(fact, subjects, {}, means)).flatMap(([subject, last]): (readonly [string, Dated])[] => {
    const name = collection.names[subject] ?? subject;
    const first = collection.readings[name];
    if (last.state === "unknown") return [[name, last]];
    if (last.state === "known" && first?.state === "known" && same(identity(first.value), identity(last.value))) return [];
    return [[name, { ...unknown("moved", "it changed while it was looked at"), at: last.at }]];
  });
}
