import { absent, defineFact, known, type Reading } from "../fact.ts";
import { caches } from "./caches.ts";

/** The subnets that the nodes of a cache may stand in. */
export type CacheSubnetGroup = { readonly vpc: string | null; readonly subnets: readonly string[] };

/** The subnet groups of the configured caches. */
export const cacheSubnetGroups = defineFact("cacheSubnetGroups", {
  kind: "cache-subnet-group",
  calls: ["elasticache:DescribeCacheSubnetGroups"],
  needs: [caches],
  batch: 100,

  // All of them are asked for at once.
  resources: (_config, arn) => ({ "elasticache:DescribeCacheSubnetGroups": [arn("elasticache", "subnetgroup:*")] }),

  subjects: ({ facts }) => facts.caches.all().flatMap(({ subnetGroup }) => subnetGroup ?? []),

  ask: ({ aws }) => aws.elasticache.DescribeCacheSubnetGroups({}),

  read({ CacheSubnetGroups = [] }, { subject }): Reading<CacheSubnetGroup> {
    const group = CacheSubnetGroups.find(({ CacheSubnetGroupName }) => CacheSubnetGroupName === subject);
    if (!group) return absent("there is no subnet group of this name");
    return known({ vpc: group.VpcId ?? null, subnets: (group.Subnets ?? []).flatMap(({ SubnetIdentifier }) => SubnetIdentifier ?? []) });
  },
});
