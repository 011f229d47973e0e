import { defineFact, given, known, type Reading } from "../fact.ts";
import { caches } from "./caches.ts";
import { databases } from "./databases.ts";

/** A database or cache, as far as reaching it goes. */
export type DataStore = {
  readonly kind: "database" | "cache";
  readonly name: string;
  readonly port: number | null;
  /** Null where it is not told. */
  readonly vpc: string | null;
  readonly securityGroups: readonly string[];
};

/** The configured databases and caches side by side, by `kind:name`. */
export const dataStores = defineFact("dataStores", {
  kind: "store",
  calls: [],
  needs: [databases, caches],

  subjects: ({ facts }) => [
    ...facts.databases.all().map(({ name }) => `database:${name}`),
    ...facts.caches.all().map(({ name }) => `cache:${name}`),
  ],

  ask: async () => ({}),

  read(_, { subject, facts }): Reading<DataStore> {
    const name = subject.slice(subject.indexOf(":") + 1);
    const database = subject.startsWith("database:") ? facts.databases.get(name) : null;
    const { port, securityGroups } = database ?? given(facts.caches.get(name), "cache");
    return known({ kind: database ? "database" : "cache", name, port, vpc: database?.vpc ?? null, securityGroups });
  },
});
