import type { Cache } from "./cache-types.ts";
import type { Database } from "./database-types.ts";

/** Something that is paid for while nothing runs: what prices call it, and how many. */
export type Standing = { readonly thing: string; readonly count: number };

/** The storage of a database, in GB; null where it grows and shrinks with what is in it, so that nobody knows its size. */
export function storageOf({ form, engine, multiAz, storage }: Database): Standing | null {
  const { gigabytes, type, elastic } = storage;
  if (form !== "instance" || elastic || gigabytes === null || type === null) return null;
  return { thing: `storage/${engine}/${type}/${multiAz ? "multi-az" : "single-az"}`, count: gigabytes };
}

/** The nodes of a cache, which cannot be stopped, by their kind. */
export function cacheNodesOf({ engine, nodes }: Cache): readonly Standing[] {
  const things = nodes.map((node) => `cache-node/${engine}/${node.class ?? "unknown"}`);
  return [...new Set(things)].map((thing) => ({ thing, count: things.filter((one) => one === thing).length }));
}
