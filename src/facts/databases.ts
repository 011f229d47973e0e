import { absent, defineFact, given, known, type Link, type Reading } from "../fact.ts";
import { type Database, databaseOfCluster, databaseOfInstance } from "./database-types.ts";

/** The databases that the configuration names, each a DB instance or a DB cluster. */
export const databases = defineFact("databases", {
  kind: "database",
  calls: ["rds:DescribeDBInstances", "rds:DescribeDBClusters"],
  batch: 50,
  volatile: true,

  // A question by filter is one about all of them, since it never fails for one that is not there.
  resources: (_config, arn) => ({
    "rds:DescribeDBInstances": [arn("rds", "db:*")],
    "rds:DescribeDBClusters": [arn("rds", "cluster:*")],
  }),

  subjects: ({ config }) => Object.keys(config.databases),

  async ask({ aws, subjects }) {
    const Values = subjects.map((subject) => subject.toLowerCase());
    const [alone, clustered] = await Promise.all([
      aws.rds.DescribeDBInstances({ Filters: [{ Name: "db-instance-id", Values }] }),
      aws.rds.DescribeDBClusters({ Filters: [{ Name: "db-cluster-id", Values }] }),
    ]);
    const clusters = clustered.DBClusters ?? [];
    const ids = clusters.flatMap(({ DBClusterIdentifier }) => DBClusterIdentifier ?? []);
    const members = ids.length > 0 ? await aws.rds.DescribeDBInstances({ Filters: [{ Name: "db-cluster-id", Values: ids }] }) : {};
    return { instances: given(alone.DBInstances, "DBInstances"), clusters, members: members.DBInstances ?? [] };
  },

  read({ instances, clusters, members }, { subject }): Reading<Database> {
    const id = subject.toLowerCase();
    const cluster = clusters.find(({ DBClusterIdentifier }) => DBClusterIdentifier?.toLowerCase() === id);
    if (cluster) return known(databaseOfCluster(subject, cluster, members));
    const instance = instances.find(({ DBInstanceIdentifier }) => DBInstanceIdentifier?.toLowerCase() === id);
    return instance ? known(databaseOfInstance(subject, instance)) : absent("there is no DB instance and no DB cluster of this name");
  },

  // An alarm may watch an instance of a cluster.
  links: ({ instances }, name) => instances.flatMap(({ id }): Link[] => (id === name ? [] : [[`database:${id}`, `database:${name}`]])),
});
