import { absent, defineFact, given, known, type Link, type Reading } from "../fact.ts";
import { type Cache, cacheOfCluster, cacheOfGroup, cacheOfServerless } from "./cache-types.ts";

/** The caches that the configuration names: replication groups, cache clusters on their own, or serverless caches. */
export const caches = defineFact("caches", {
  kind: "cache",
  calls: ["elasticache:DescribeReplicationGroups", "elasticache:DescribeCacheClusters", "elasticache:DescribeServerlessCaches"],
  batch: 100,
  volatile: true,

  // AWS takes one name or none: all of them at once are fewer calls, and none fails for one that is not there.
  resources: (_config, arn) => ({
    "elasticache:DescribeReplicationGroups": [arn("elasticache", "replicationgroup:*")],
    "elasticache:DescribeCacheClusters": [arn("elasticache", "cluster:*")],
    "elasticache:DescribeServerlessCaches": [arn("elasticache", "serverlesscache:*")],
  }),

  subjects: ({ config }) => Object.keys(config.caches),

  async ask({ aws, subjects }) {
    const [grouped, alone] = await Promise.all([
      aws.elasticache.DescribeReplicationGroups({}),
      aws.elasticache.DescribeCacheClusters({ ShowCacheNodeInfo: true }),
    ]);
    const groups = given(grouped.ReplicationGroups, "ReplicationGroups");
    const clusters = given(alone.CacheClusters, "CacheClusters");
    const named = [...groups.map(({ ReplicationGroupId }) => ReplicationGroupId), ...clusters.map(({ CacheClusterId }) => CacheClusterId)];
    const known = new Set(named.map((name) => name?.toLowerCase()));
    const others = subjects.every((subject) => known.has(subject.toLowerCase())) ? {} : await aws.elasticache.DescribeServerlessCaches({});
    return { groups, clusters, serverless: others.ServerlessCaches ?? [] };
  },

  read({ groups, clusters, serverless }, { subject }): Reading<Cache> {
    const isIt = (id: string | undefined) => id?.toLowerCase() === subject.toLowerCase();
    const group = groups.find(({ ReplicationGroupId }) => isIt(ReplicationGroupId));
    if (group) return known(cacheOfGroup(subject, group, clusters));
    const cluster = clusters.find(({ CacheClusterId }) => isIt(CacheClusterId));
    if (cluster) return known(cacheOfCluster(subject, cluster));
    const cache = serverless.find(({ ServerlessCacheName }) => isIt(ServerlessCacheName));
    return cache
      ? known(cacheOfServerless(subject, cache))
      : absent("there is no replication group, cache cluster or serverless cache of this name");
  },

  // An alarm may watch a node.
  links: ({ nodes }, name) => nodes.flatMap(({ id }): Link[] => (id === name ? [] : [[`cache:${id}`, `cache:${name}`]])),
});
