import type { Config, Inferable } from "../config.ts";
import type { Fact, Json, ValueOf } from "../fact.ts";
import type { Snapshot } from "../gather.ts";
import type { Missing } from "../view.ts";
import type { Meant } from "./meant.ts";

/** What a configuration is written from. */
export interface Material {
  readonly config: Config;
  readonly snapshot: Snapshot;
  readonly meant: Meant;
  /** The sections that could not be found, and what was not known. */
  readonly unfound: { readonly [S in Inferable]?: Missing };
}

/** A section as it is to be written. Without a value it is left out, and its notes say why. */
export interface Part {
  readonly key: string;
  /** What it is for, in few words. */
  readonly about?: string;
  readonly value?: Json | undefined;
  /** Whether each of its items is written on one line. */
  readonly flat?: boolean;
  /** What is to be said of items. */
  readonly remarks?: { readonly [item: string]: readonly string[] };
  readonly notes?: readonly string[];
  /** Written as a comment: what could be stated. */
  readonly instead?: Json | undefined;
}

/** Everything of a fact that is known. */
export function allOf<F extends Fact>({ snapshot }: Material, { id }: F): readonly ValueOf<F>[] {
  const readings = Object.values(snapshot.facts[id]?.readings ?? {});
  return readings.flatMap((reading) => (reading.state === "known" ? [reading.value as ValueOf<F>] : []));
}

/** One thing of a fact, where it is known. */
export function oneOf<F extends Fact>(material: Material, { id }: F, name: string): ValueOf<F> | undefined {
  const reading = readingOf(material, { id }, name);
  return reading?.state === "known" ? (reading.value as ValueOf<F>) : undefined;
}

/** How asking for one thing of a fact ended. */
export const readingOf = ({ snapshot }: Material, { id }: { readonly id: string }, name: string) => {
  const collection = snapshot.facts[id];
  return collection?.readings[collection.names[name] ?? name];
};

/** What a fact could not find out of one thing, as a remark; none where it could. */
export function unread(material: Material, fact: Fact, name: string): readonly string[] {
  const reading = readingOf(material, fact, name);
  return reading?.state === "unknown" ? [`Could not be read: ${reasonOf({ subject: name, reading })}.`] : [];
}

/** Why something is not known, in few words: what AWS said of it holds names that change from run to run. */
export function reasonOf({ reading }: Missing): string {
  if (reading.state === "absent" || reading.action === undefined) return reading.why;
  return reading.kind === "denied" ? `${reading.action} is not allowed` : `${reading.action}: ${reading.why}`;
}

/** The notes of a section that could not be found. */
export function notFound({ unfound }: Material, section: Inferable): readonly string[] {
  const missing = unfound[section];
  return missing ? [`What is deployed could not be found out: ${reasonOf(missing)}.`] : [];
}

/** The names, in order. */
export const namesOf = (record: object): readonly string[] => Object.keys(record).sort();
