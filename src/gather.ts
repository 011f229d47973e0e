import type { Port } from "./aws.ts";
import { type Batch, readAll } from "./batch.ts";
import { collected } from "./collection.ts";
import type { Config } from "./config.ts";
import type { Fact } from "./fact.ts";
import { failure } from "./failure.ts";
import type { Discretion, Mask } from "./mask.ts";
import { type Collection, type Missing, missingFrom, view } from "./view.ts";
import type { Web } from "./web.ts";

/** All readings of one run. It is JSON, and can be judged again tomorrow. */
export interface Snapshot {
  readonly takenAt: string;
  readonly facts: { readonly [id: string]: Collection };
}

/** What a round of asking has to work with. */
export interface Means {
  readonly port: Port;
  readonly web: Web;
  readonly config: Config;
  readonly clock: () => Date;
  /** Ends the round: what has not come by then is unknown. */
  readonly signal: AbortSignal;
  /** An earlier snapshot, and what of it is kept: all, or just what is known and does not change by waiting. */
  readonly earlier?: Snapshot;
  readonly keep?: "all" | "steady";
  /** What a fact's list of subjects may lack, where the configuration was inferred from what could not all be read. */
  readonly lacking?: { readonly [factId: string]: readonly Missing[] };
  /** What must not be said, from the round in which it was read on; nothing is known to be hidden yet, unless stated. */
  readonly discretion: Discretion;
  readonly onFact?: (id: string, collection: Collection) => void;
}

/** Reads every fact that the given ones lead to, once each, side by side. Never throws: what fails becomes `unknown`. */
export async function gather(facts: readonly Fact[], means: Means): Promise<Snapshot> {
  const collections = new Map<string, Promise<Collection>>();

  const once = (fact: Fact): Promise<Collection> => {
    const collection = collections.get(fact.id) ?? afterNeeds(fact);
    collections.set(fact.id, collection);
    return collection;
  };

  const afterNeeds = async (fact: Fact) => {
    const needed = await Promise.all(fact.needs.map(async (need) => [need.id, await once(need)] as const));
    const collection = await collect(fact, Object.fromEntries(needed), means);
    means.onFact?.(fact.id, collection);
    return collection;
  };

  await Promise.all(facts.map(once));
  await Promise.all(collections.values());
  const masked = withNeeds(facts).map(async (fact) => [fact.id, maskedIn(fact, await once(fact), means.discretion.mask)] as const);
  const gathered = await Promise.all(masked);
  return { takenAt: means.clock().toISOString(), facts: { ...means.earlier?.facts, ...Object.fromEntries(gathered) } };
}

/** The facts and all that they lead to, each once. */
export function withNeeds(facts: readonly Fact[]): readonly Fact[] {
  const found = new Map<string, Fact>();
  const add = (fact: Fact) => {
    if (found.has(fact.id)) return;
    found.set(fact.id, fact);
    fact.needs.forEach(add);
  };
  facts.forEach(add);
  return [...found.values()];
}

async function collect(fact: Fact, needed: { readonly [id: string]: Collection }, means: Means): Promise<Collection> {
  const missing = merged([...Object.values(needed).flatMap(missingFrom), ...(means.lacking?.[fact.id] ?? [])]);
  const seen = (accountedFor: (missing: Missing) => boolean) =>
    Object.fromEntries(Object.entries(needed).map(([id, collection]) => [id, view(collection, accountedFor)]));
  // A reader that looks something up must not take a list that may be short for a whole one: that would be absence out of ignorance.
  const whole = seen(({ reading }) => reading.state === "absent");
  try {
    // Here `all` may leave out what is not known, because each of it is missing from this collection from now on.
    const subjects = [...new Set(fact.subjects({ config: means.config, facts: seen(() => true) }))].sort();
    const kept = subjects.flatMap((subject) => keptOf(fact, subject, means));
    const open = subjects.filter((subject) => !kept.some(([one]) => one === subject));
    return { ...collected(fact, [...kept, ...(await readAll(fact, open, whole, means))]), missing };
  } catch (error) {
    return {
      kind: fact.kind,
      readings: {},
      names: {},
      missing: [...missing, { subject: `${fact.kind}:*`, reading: failure(error) }],
      links: [],
    };
  }
}

/** A collection in which what others wrote is masked. */
function maskedIn({ masked }: Fact, collection: Collection, mask: Mask): Collection {
  if (!masked) return collection;
  const readings = Object.entries(collection.readings).map(
    ([name, reading]) => [name, reading.state === "known" ? { ...reading, value: masked(reading.value, mask) } : reading] as const,
  );
  return { ...collection, readings: Object.fromEntries(readings) };
}

/** What an earlier round knew of a subject, where that is good enough now. */
function keptOf(fact: Fact, subject: string, { earlier, keep }: Means): Batch {
  const before = earlier?.facts[fact.id];
  const reading = before?.readings[before.names[subject] ?? subject];
  if (!reading) return [];
  return keep === "all" || (!fact.volatile && reading.state === "known") ? [[subject, reading]] : [];
}

/** One for each subject. Where one fact says absent and another cannot tell, it stays unknown. */
function merged(missing: readonly Missing[]): readonly Missing[] {
  const absentFirst = missing.toSorted((a, b) => a.reading.state.localeCompare(b.reading.state));
  return [...new Map(absentFirst.map((one) => [one.subject, one])).values()];
}
