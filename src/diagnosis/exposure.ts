import { sh } from "../check.ts";
import type { Cache } from "../facts/cache-types.ts";
import type { Database } from "../facts/database-types.ts";
import { toDatabase } from "./database-commands.ts";

/** In what way data lies open, and the command that mends it, where there is one. */
export type Exposure = { readonly says: string; readonly run?: string };

/** What a database leaves open by its own settings. */
export const exposuresOfDatabase = (database: Database): readonly Exposure[] => [
  ...(database.public
    ? [{ says: "has a public address", run: `${toDatabase("modify", database)} --no-publicly-accessible --apply-immediately` }]
    : []),
  ...(database.storage.encrypted ? [] : [{ says: "is not encrypted, which only a copy from a snapshot can be" }]),
  ...(database.deletionProtection
    ? []
    : [{ says: "is not protected from deletion", run: `${toDatabase("modify", database)} --deletion-protection` }]),
];

/** What a cache leaves open by its own settings. */
export function exposuresOfCache({ name, form, engine, encrypted }: Cache): readonly Exposure[] {
  const modify = sh`aws elasticache modify-replication-group --replication-group-id ${name}`;
  const faults: Exposure[] = [];
  // Memcached keeps nothing that could be encrypted.
  if (!encrypted.atRest && engine !== "memcached")
    faults.push({ says: "is not encrypted, which only a new one made of a snapshot can be" });
  if (encrypted.inTransit) return faults;
  const run = `${modify} --transit-encryption-enabled --transit-encryption-mode preferred --apply-immediately`;
  return [...faults, { says: "is not encrypted in transit", ...(form === "replication-group" ? { run } : {}) }];
}
