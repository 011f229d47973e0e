import { readAll } from "./batch.ts";
import { same } from "./collection.ts";
import { type Fact, unknown } from "./fact.ts";
import type { Means } from "./gather.ts";
import type { Collection, Dated } from "./view.ts";

/** Asks once more for what must not have changed while all the rest was read. */
export async function unmoved(fact: Fact, collection: Collection, means: Means): Promise<Collection> {
  const { identity } = fact;
  const { closing: signal } = means;
  if (!identity || !signal) return collection;
  const ids = Object.fromEntries(Object.entries(collection.names).map(([id, name]) => [name, id]));
  const names = Object.entries(collection.readings).flatMap(([name, { state }]) => (state === "known" ? [name] : []));
  const subjects = names.map((name) => ids[name] ?? name);
  const moved = (await readAll(fact, subjects, {}, { ...means, signal })).flatMap(([subject, last]): (readonly [string, Dated])[] => {
    const name = collection.names[subject] ?? subject;
    const first = collection.readings[name];
    if (last.state === "unknown") return [[name, last]];
    if (last.state === "known" && first?.state === "known" && same(identity(first.value), identity(last.value))) return [];
    return [[name, { ...unknown("moved", "it changed while it was looked at"), at: last.at }]];
  });
  return { ...collection, readings: { ...collection.readings, ...Object.fromEntries(moved) } };
}
