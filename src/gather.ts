import { grant, type Port } from "./aws.ts";
import type { Config } from "./config.ts";
import type { Fact, Ignorance, Link, Reading } from "./fact.ts";
import { unknown } from "./fact.ts";
import { failure } from "./failure.ts";
import { type Collection, type Dated, type Missing, missingFrom, view } from "./view.ts";
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
  /** Asks at the end, once more, for what must not have changed meanwhile. */
  readonly closing?: boolean;
  /** What a fact's list of subjects may lack, where the configuration was inferred from what could not all be read. */
  readonly lacking?: { readonly [factId: string]: readonly Missing[] };
  readonly onFact?: (id: string, collection: Collection) => void;
}

/** Reads every fact that the given ones lead to, once each, side by side. Never throws: what fails becomes `unknown`. */
export async function gather(facts: readonly Fact[], means: Means): Promise<Snapshot> {
  const collections = new Map<string, Promise<Collection>>();

  const collect = (fact: Fact): Promise<Collection> => {
    const collection = collections.get(fact.id) ?? collectAfterNeeds(fact);
    collections.set(fact.id, collection);
    return collection;
  };

  const collectAfterNeeds = async (fact: Fact) => {
    const needed = await Promise.all(fact.needs.map(async (need) => [need.id, await collect(need)] as const));
    const collection = await readAll(fact, Object.fromEntries(needed), means);
    means.onFact?.(fact.id, collection);
    return collection;
  };

  await Promise.all(facts.map(collect));
  const closed = await Promise.all(
    withNeeds(facts).map(async (fact) => [fact.id, await closing(fact, await collect(fact), means)] as const),
  );
  return { takenAt: means.clock().toISOString(), facts: { ...means.earlier?.facts, ...Object.fromEntries(closed) } };
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

type Readings = Collection["readings"];
type Batch = readonly (readonly [subject: string, reading: Dated])[];

async function readAll(fact: Fact, needed: { readonly [id: string]: Collection }, means: Means): Promise<Collection> {
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
    const fresh = await Promise.all(chunks(open, fact.batch).map((batch) => readBatch(fact, batch, whole, means)));
    return { ...named(fact, [...kept, ...fresh.flat()]), missing };
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

/** What befalls a call and not its subjects. */
const passing: readonly Ignorance[] = ["throttled", "timeout", "network", "unasked"];

async function readBatch(fact: Fact, subjects: readonly string[], facts: object, means: Means): Promise<Batch> {
  const { port, web, config, signal, clock } = means;
  const [subject = ""] = subjects;
  try {
    signal.throwIfAborted();
    const aws = grant(port, fact.calls, signal);
    const asking = fact.ask({ aws, web: (probe) => web(probe, { signal }), subjects, subject, config, facts });
    const answer = await unlessAborted(asking, signal);
    const at = clock().toISOString();
    return subjects.map((one) => [one, { ...readOne(fact, answer, one, facts, config), at }]);
  } catch (error) {
    const reading = failure(error, fact.absentOn);
    // AWS refuses a batch for one of its subjects: which one shows when they are asked one by one.
    if (subjects.length > 1 && !(reading.state === "unknown" && passing.includes(reading.kind)))
      return (await Promise.all(subjects.map((one) => readBatch(fact, [one], facts, means)))).flat();
    const at = clock().toISOString();
    return subjects.map((one) => [one, { ...reading, at }]);
  }
}

function readOne(fact: Fact, answer: unknown, subject: string, facts: object, config: Config): Reading {
  try {
    return fact.read(answer, { subject, config, facts });
  } catch (error) {
    return failure(error);
  }
}

/** Rejects with the signal's reason when it is aborted, however deaf the promise is. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  // The call itself is told as well, and knows its name: it gets to say so first.
  const abort = () => setImmediate(() => aborted.reject(signal.reason));
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  promise.catch(() => {});
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** Asks once more for what must not have changed while all the rest was read. */
async function closing(fact: Fact, collection: Collection, means: Means): Promise<Collection> {
  const { identity } = fact;
  if (!identity || !means.closing) return collection;
  const ids = Object.fromEntries(Object.entries(collection.names).map(([id, name]) => [name, id]));
  const names = Object.entries(collection.readings).flatMap(([name, { state }]) => (state === "known" ? [name] : []));
  const batches = chunks(
    names.map((name) => ids[name] ?? name),
    fact.batch,
  );
  const again = await Promise.all(batches.map((batch) => readBatch(fact, batch, {}, means)));
  const moved = again.flat().flatMap(([subject, last]): (readonly [string, Dated])[] => {
    const name = collection.names[subject] ?? subject;
    const first = collection.readings[name];
    if (last.state === "unknown") return [[name, last]];
    if (last.state === "known" && first?.state === "known" && same(identity(first.value), identity(last.value))) return [];
    return [[name, { ...unknown("moved", "it changed while it was looked at"), at: last.at }]];
  });
  return { ...collection, readings: { ...collection.readings, ...Object.fromEntries(moved) } };
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** What an earlier round knew of a subject, where that is good enough now. */
function keptOf(fact: Fact, subject: string, { earlier, keep }: Means): Batch {
  const before = earlier?.facts[fact.id];
  const reading = before?.readings[before.names[subject] ?? subject];
  if (!reading) return [];
  return keep === "all" || (!fact.volatile && reading.state === "known") ? [[subject, reading]] : [];
}

/** Readings under their names. Where two subjects would share a name and are not the same thing, the later keeps its id. */
function named(fact: Fact, batch: Batch): Omit<Collection, "missing"> {
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

const sameValue = (one: Dated, other: Dated) => one.state === "known" && other.state === "known" && same(one.value, other.value);

function linksOf(fact: Fact, readings: Readings): readonly Link[] {
  return Object.entries(readings).flatMap(([name, reading]) => (reading.state === "known" ? fact.links(reading.value, name) : []));
}

/** One for each subject. Where one fact says absent and another cannot tell, it stays unknown. */
function merged(missing: readonly Missing[]): readonly Missing[] {
  const absentFirst = missing.toSorted((a, b) => a.reading.state.localeCompare(b.reading.state));
  return [...new Map(absentFirst.map((one) => [one.subject, one])).values()];
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}
