import { defineCheck, fail, pass, pending, sh, skip } from "../src/check.ts";
import type { Config } from "../src/config.ts";
import { toDatabase } from "../src/diagnosis/database-commands.ts";
import type { Database, DatabaseSettings } from "../src/facts/database-types.ts";
import { databases } from "../src/facts/databases.ts";
import { suffices } from "../src/facts/versions.ts";

export default defineCheck({
  title: "Every database is set up as it was meant, and its storage can grow",
  why: "A database in one zone, with backups of a day or a disk that fills up, is fine until the one night on which the data is lost.",
  severity: { "pre-scale-up": "warning", "post-deploy": "warning", "sign-off": "blocker" },
  about: databases,
  none: skip("the configuration names no database"),

  evaluate(database, _facts, { name, config }) {
    const { engine, status, version, multiAz, backupDays, next, modifications, storage } = database;
    const stated = config.databases[name] ?? {};
    const evidence = { status, engine, version, multiAz, backupDays, storage, modifications, stated: toldOf(stated) };
    if (/^(modifying|maintenance|upgrading|creating)$/.test(status)) return pending(`is ${status}`, evidence);

    const growth = growthOf(database);
    const faults = [...faultsOf(database, database, stated), ...growth];
    // What is pending counts as done: it may mend what is wrong, or undo what is right.
    const lasting = [...faultsOf(database, next, stated), ...growth];
    if (lasting.length === 0 && faults.length > 0)
      return pending(`${faults.map(({ says }) => says).join("; ")}, until a modification that is pending is applied`, evidence);
    if (lasting.length === 0) return pass("is set up as it was meant", evidence);

    const flags = lasting.flatMap(({ flag }) => flag ?? []);
    return fail(lasting.map(({ says }) => says).join("; "), evidence, {
      do: "Set the database up as it was meant.",
      run: flags.length > 0 ? [`${toDatabase("modify", database)} ${flags.join(" ")} --apply-immediately`] : [],
    });
  },
});

/** What the configuration states, a line for each setting. */
const toldOf = (stated: object) => Object.entries(stated).map(([setting, value]) => `${setting}: ${value}`);

type Fault = { readonly says: string; readonly flag: string | null };

/** What falls short of the configuration; more than it states is no fault. */
function faultsOf(
  { engine, form, storage }: Database,
  { version, multiAz, backupDays }: DatabaseSettings,
  stated: Config["databases"][string],
): readonly Fault[] {
  const faults: Fault[] = [];
  if (stated.engineVersion !== undefined && !suffices(version, stated.engineVersion, engine))
    faults.push({
      says: `is of version ${version}, where ${stated.engineVersion} is meant`,
      flag: sh`--engine-version ${stated.engineVersion}`,
    });
  // Of what belongs to a cluster, only the cluster tells.
  if (stated.multiAz && !multiAz && !(form === "instance" && storage.elastic))
    faults.push({ says: "stands in one zone only", flag: form === "instance" ? "--multi-az" : null });
  if (stated.backupRetentionDays !== undefined && backupDays < stated.backupRetentionDays)
    faults.push({
      says: `keeps backups for ${backupDays} days, where ${stated.backupRetentionDays} are meant`,
      flag: sh`--backup-retention-period ${stated.backupRetentionDays}`,
    });
  return faults;
}

/** Storage of a DB instance grows up to a limit, where one is set; that of Multi-AZ clusters never does, and that of Aurora always. */
function growthOf({ form, storage: { elastic, gigabytes, limit } }: Database): readonly Fault[] {
  if (form === "cluster" || elastic || gigabytes === null) return [];
  if (limit === null)
    return [{ says: `has ${gigabytes} GiB of storage that cannot grow`, flag: sh`--max-allocated-storage ${gigabytes * 5}` }];
  return limit > gigabytes
    ? []
    : [{ says: `has grown to the limit of its storage, ${limit} GiB`, flag: sh`--max-allocated-storage ${limit * 2}` }];
}
