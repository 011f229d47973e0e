import { defineCheck, fail, pass, pending, sh, skip } from "../src/check.ts";
import { eventsOf, toDatabase } from "../src/diagnosis/database-commands.ts";
import { databases } from "../src/facts/databases.ts";

const minute = 60_000;
/** RDS saves what was written every five minutes; an hour without is no hiccup. */
const recent = 60 * minute;

export default defineCheck({
  title: "Every database can be restored to a moment ago, for as long back as it was meant",
  why: "Nobody misses a backup before the day it is needed, and on that day it is too late.",
  severity: { "post-deploy": "advice", "sign-off": "warning" },
  about: databases,
  none: skip("the configuration names no database"),

  evaluate(database, _facts, { name, config, now }) {
    const { status, condition, backupDays, next, restorableTo, replicaOf, mayPause, createdAt } = database;
    const wanted = config.databases[name]?.backupRetentionDays ?? 1;
    const evidence = { status, backupDays, restorableTo, wanted };
    if (replicaOf !== null) return skip(`is a copy of ${replicaOf}, which can be backed up itself`);

    if (backupDays < wanted) {
      const says = backupDays === 0 ? "keeps no backups" : `keeps backups for ${backupDays} days, where ${wanted} are meant`;
      if (next.backupDays >= wanted) return pending(`${says}, until a modification that is pending is applied`, evidence);
      const keep = sh`--backup-retention-period ${Math.max(wanted, 7)} --apply-immediately`;
      return fail(says, evidence, { do: "Keep backups for as long as it was meant.", run: [`${toDatabase("modify", database)} ${keep}`] });
    }
    if (condition === "stopped") return skip("is stopped: nothing is written that could be lost");
    // One that was stopped for days has nothing newer until it has served for a while.
    if (condition === "coming" && restorableTo !== null) return skip(`is ${status}: nothing is written until it serves`);
    const age = now.getTime() - Date.parse(restorableTo ?? createdAt ?? now.toISOString());
    if (age <= recent)
      return restorableTo === null
        ? pending("has not been backed up for the first time yet", evidence)
        : pass(`can be restored to ${Math.round(age / minute)} minutes ago`, evidence);
    if (mayPause) return skip("may sleep: that nothing was backed up need not mean that anything was written");
    const says = restorableTo === null ? "has never been backed up" : `can be restored to ${restorableTo} and no later`;
    return fail(says, evidence, {
      do: "Find in its events why the backups stand still, and make a snapshot until they go on.",
      run: [eventsOf(database)],
    });
  },
});
