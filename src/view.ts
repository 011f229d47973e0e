import { type Absent, type Fact, type Json, type Link, type Reading, type Unknown, unknown, type ValueOf } from "./fact.ts";

/** A subject about which there is no value, and why. */
export interface Missing {
  readonly subject: string;
  readonly reading: Absent | Unknown;
}

/** A reading, and when it was taken. */
export type Dated<T = Json> = Reading<T> & { readonly at: string };

/** A fact as it was gathered: a reading for each subject by name, and what the list of subjects may lack. */
export interface Collection<T = Json> {
  readonly kind: string;
  readonly readings: { readonly [name: string]: Dated<T> };
  /** The names of subjects that AWS knows by another id, by that id. */
  readonly names: { readonly [id: string]: string };
  readonly missing: readonly Missing[];
  readonly links: readonly Link[];
}

/** A fact as checks and readers see it. What is not known cannot be passed over: it ends the question. */
export interface View<T> {
  /** By name, or by the id that AWS takes. */
  get(name: string): T;
  /** Like `get`, but null where AWS says that there is none: for those who know what that means. */
  find(name: string): T | null;
  all(): readonly T[];
  /** Whatever is known, for what only illustrates: nothing may be decided by it. */
  reading(name: string): Reading<T>;
}

/** The facts that were declared, by id, and no others. */
export type Views<N extends readonly Fact[]> = { readonly [F in N[number] as F["id"]]: View<ValueOf<F>> };

/** Ends a question that leans on something not known. Only the engine catches it. */
export class NotKnown extends Error {
  readonly missing: Missing;

  constructor(missing: Missing) {
    super(`${missing.subject} is not known: ${missing.reading.why}`);
    this.missing = missing;
  }
}

/** Everything about this fact that is not known. */
export function missingFrom({ kind, readings, missing }: Collection): readonly Missing[] {
  const unread = Object.entries(readings).flatMap(([name, reading]) =>
    reading.state === "known" ? [] : [{ subject: `${kind}:${name}`, reading }],
  );
  return [...missing, ...unread];
}

/** Opens a collection; `all` may leave out only what the engine says is `accountedFor` elsewhere. */
export function view(collection: Collection, accountedFor: (missing: Missing) => boolean): View<Json> {
  const { kind, readings, names, missing } = collection;
  const nobody = unknown("internal", "nobody asked about it");
  const look = (id: string): { name: string; reading: Reading } => {
    const name = names[id] ?? id;
    const lacking = missing.find(({ reading }) => reading.state === "unknown");
    return { name, reading: (Object.hasOwn(readings, name) ? readings[name] : lacking?.reading) ?? nobody };
  };
  const get = (id: string): Json => {
    const { name, reading } = look(id);
    if (reading.state === "known") return reading.value;
    throw new NotKnown({ subject: `${kind}:${name}`, reading });
  };
  return {
    get,
    find: (id) => (look(id).reading.state === "absent" ? null : get(id)),
    reading: (id) => look(id).reading,

    all() {
      const found = missingFrom(collection).find((one) => !accountedFor(one));
      if (found) throw new NotKnown(found);
      return Object.values(readings).flatMap((reading) => (reading.state === "known" ? [reading.value] : []));
    },
  };
}
