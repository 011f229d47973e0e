import type { Cache } from "../../facts/cache-types.ts";
import { caches } from "../../facts/caches.ts";
import type { Database } from "../../facts/database-types.ts";
import { databases } from "../../facts/databases.ts";
import { differing } from "../differing.ts";
import { present } from "../json.ts";
import { type Material, namesOf, notFound, oneOf, type Part, readingOf, unread } from "../part.ts";

/** The databases that the services use, set up as they are, or as Terraform means them. */
export const databasesPart = (material: Material): Part =>
  storesPart(material, "databases", databases, ({ version, multiAz, backupDays, next }: Database) => ({
    engineVersion: version,
    // A modification that is pending is not waited for.
    multiAz: multiAz && next.multiAz,
    backupRetentionDays: Math.min(backupDays, next.backupDays),
  }));

/** The caches that the services use, set up as they are, or as Terraform means them. */
export const cachesPart = (material: Material): Part =>
  storesPart(material, "caches", caches, ({ versions, nodes, automaticFailover, multiAz }: Cache) =>
    present({
      // Patches come by themselves.
      engineVersion: versions.length === 1 ? versions[0]?.split(".").slice(0, 2).join(".") : undefined,
      nodes: nodes.length || undefined,
      automaticFailover,
      multiAz,
    }),
  );

type Settings = { readonly [setting: string]: string | number | boolean | undefined };

function storesPart<Store>(
  material: Material,
  key: "databases" | "caches",
  fact: typeof databases | typeof caches,
  settingsOf: (store: Store) => Settings,
): Part {
  const { config, meant } = material;
  const isThere = (name: string) => readingOf(material, fact, name)?.state === "known";
  const absent = namesOf(config[key]).filter((name) => readingOf(material, fact, name)?.state === "absent" && !meant[key][name]);
  const hinted = meant.hints[key].filter(isThere);
  const names = [...new Set([...namesOf(config[key]).filter((name) => !absent.includes(name)), ...namesOf(meant[key]), ...hinted])].sort();
  const written = names.map((name) => {
    const store = oneOf(material, fact, name) as Store | undefined;
    const { value, remarks } = differing(store ? settingsOf(store) : null, meant[key][name]);
    return [name, { value, remarks: [...unread(material, fact, name), ...remarks] }] as const;
  });
  const value = written.length === 0 ? undefined : Object.fromEntries(written.map(([name, one]) => [name, one.value]));
  const elsewhere = absent.map((name) => `A task definition names ${name}, which is not in this account and region.`);
  return {
    key,
    about: key === "databases" ? "The databases that the services use: at least so." : "The caches that the services use: at least so.",
    flat: true,
    // Once some are stated, an environment that names another is a fault.
    ...(absent.length > 0 ? { instead: value, notes: elsewhere } : { value, notes: notFound(material, key) }),
    remarks: Object.fromEntries(written.map(([name, one]) => [name, one.remarks])),
  };
}
