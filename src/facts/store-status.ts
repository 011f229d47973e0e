import { given, InvalidAnswer } from "../fact.ts";

/** What the status of a database or cache means to those who connect to it: `coming` are those that will serve by themselves. */
export type Condition = "serving" | "coming" | "stopped" | "broken";

type Meanings = { readonly [C in Condition]: RegExp };

/** The statuses of RDS that `meaningOf` knows, of instances and of clusters. */
export const databaseStatuses: Meanings = {
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html, and
  // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/accessing-monitoring.html: those in which it "remains available".
  serving:
    /^(available|backing-up|modifying|maintenance|storage-(optimization|initialization|config-upgrade)|configuring-[a-z-]+|resetting-master-credentials|update-iam-db-auth|scaling-capacity)$/,
  coming:
    /^(starting|creating|rebooting|upgrading|renaming|(moving|converting)-to-vpc|backtracking|failing-over|promoting|migrating|preparing-data-migration)$/,
  stopped: /^(stopped|stopping)$/,
  broken:
    /^(failed|storage-full|insufficient-capacity|restore-error|incompatible-[a-z-]+|inaccessible-[a-z-]+|cloning-failed|migration-failed|deleting|delete-precheck)$/,
};

/** The statuses of ElastiCache that `meaningOf` knows, of nodes, of replication groups and their shards, and of serverless caches. */
export const cacheStatuses: Meanings = {
  // https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CacheCluster.html, API_ReplicationGroup.html, API_ServerlessCache.html
  serving: /^(available|snapshotting|modifying)$/,
  coming: /^(creating|rebooting|rebooting (cache )?(cluster )?nodes)$/,
  // A cache cannot be stopped.
  stopped: /(?!)/,
  broken: /^(deleting|deleted|create-failed|restore-failed|incompatible-network)$/,
};

/** What a status means. AWS adds statuses and does not list all of them: one that nobody has met makes the reading unknown. */
export function meaningOf(status: string | undefined, meanings: Meanings): Condition {
  const said = given(status, "status").toLowerCase();
  const condition = (Object.keys(meanings) as Condition[]).find((one) => meanings[one].test(said));
  if (condition === undefined) throw new InvalidAnswer(`AWS said the status "${status}", of which it is not known here what it means`);
  return condition;
}

const gravity: readonly Condition[] = ["serving", "coming", "stopped", "broken"];

/** The worst of some conditions; that of nothing at all is `broken`. */
export const worstOf = (conditions: readonly Condition[]): Condition => gravity.findLast((one) => conditions.includes(one)) ?? "broken";
