import type { Fact, ValueOf } from "../../fact.ts";
import type { SnapshotFile } from "../../snapshot.ts";

/** What a snapshot knows of a fact, by name; nothing where it was not asked. Only for showing: what is not known is left out. */
export function known<F extends Fact>({ facts }: SnapshotFile, id: F["id"]): readonly (readonly [name: string, value: ValueOf<F>])[] {
  const readings = Object.entries(facts[id]?.readings ?? {});
  return readings.flatMap(([name, reading]) => (reading.state === "known" ? [[name, reading.value as ValueOf<F>] as const] : []));
}

/** A moment as people read it, in UTC to the second. */
export const momentOf = (iso: string): string => iso.replace("T", " ").replace(/(\.\d+)?Z$/, "");
