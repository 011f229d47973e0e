export {
  DescribeCacheClustersCommand as DescribeCacheClusters,
  DescribeCacheSubnetGroupsCommand as DescribeCacheSubnetGroups,
  DescribeReplicationGroupsCommand as DescribeReplicationGroups,
  DescribeServerlessCachesCommand as DescribeServerlessCaches,
  ElastiCacheClient as Client,
} from "@aws-sdk/client-elasticache";
