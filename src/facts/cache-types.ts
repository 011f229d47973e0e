import type { CacheCluster, Endpoint, ReplicationGroup, ServerlessCache } from "@aws-sdk/client-elasticache";
import { given, oneOf } from "../fact.ts";
import { type Condition, cacheStatuses, meaningOf } from "./store-status.ts";

/** A node of a cache. `status` is that of AWS, and what it means. */
export type CacheNode = {
  readonly id: string;
  readonly class: string | null;
  readonly version: string | null;
  readonly status: string;
  readonly condition: Condition;
  readonly zone: string | null;
};

/** A replication group with its nodes, a cache cluster on its own, or a serverless cache. */
export type Cache = {
  readonly name: string;
  readonly arn: string;
  readonly form: "replication-group" | "cluster" | "serverless";
  readonly engine: string;
  /** Those of its nodes: more than one while it is upgraded, and none while there are no nodes yet. */
  readonly versions: readonly string[];
  readonly status: string;
  readonly condition: Condition;
  /** None of a serverless cache, which has as many as it needs. */
  readonly nodes: readonly CacheNode[];
  readonly shards: number;
  /** Null of a serverless cache, for which AWS sees to it. */
  readonly automaticFailover: boolean | null;
  readonly multiAz: boolean | null;
  /** The modifications that are pending, by name, with what they set where that is one word. */
  readonly modifications: readonly string[];
  /** In lower case; none while it is created. */
  readonly hosts: readonly string[];
  readonly port: number | null;
  readonly subnetGroup: string | null;
  /** Null where its subnet group alone tells. */
  readonly subnets: readonly string[] | null;
  readonly securityGroups: readonly string[];
  readonly encrypted: { readonly atRest: boolean; readonly inTransit: boolean };
};

/** Reads a replication group; its nodes are among the clusters given. */
export function cacheOfGroup(name: string, group: ReplicationGroup, all: readonly CacheCluster[]): Cache {
  const clusters = (group.MemberClusters ?? []).map((id) =>
    given(
      all.find(({ CacheClusterId }) => CacheClusterId === id),
      `description of the node ${id}`,
    ),
  );
  const nodes = clusters.flatMap(nodesOf);
  const [first] = clusters;
  const shards = group.NodeGroups ?? [];
  const endpoints = [
    group.ConfigurationEndpoint,
    ...shards.flatMap(({ PrimaryEndpoint, ReaderEndpoint, NodeGroupMembers = [] }) => [
      PrimaryEndpoint,
      ReaderEndpoint,
      ...NodeGroupMembers.map(({ ReadEndpoint }) => ReadEndpoint),
    ]),
    ...endpointsOf(clusters),
  ];
  const status = given(group.Status, "Status");
  return {
    name,
    arn: given(group.ARN, "ARN"),
    form: "replication-group",
    engine: group.Engine ?? first?.Engine ?? "redis",
    versions: versionsOf(nodes),
    status,
    condition: meaningOf(status, cacheStatuses),
    nodes,
    shards: Math.max(1, shards.length),
    automaticFailover: isOn(given(group.AutomaticFailover, "AutomaticFailover"), group.PendingModifiedValues?.AutomaticFailoverStatus),
    multiAz: group.MultiAZ === undefined ? null : oneOf(group.MultiAZ, ["enabled", "disabled"]) === "enabled",
    modifications: [...new Set([group, ...clusters].flatMap((one) => modificationsOf(one.PendingModifiedValues)))],
    ...placeOf(endpoints, first),
    encrypted: { atRest: group.AtRestEncryptionEnabled ?? false, inTransit: group.TransitEncryptionEnabled ?? false },
  };
}

/** Reads a cache cluster that is part of no replication group. */
export function cacheOfCluster(name: string, cluster: CacheCluster): Cache {
  const nodes = nodesOf(cluster);
  const status = given(cluster.CacheClusterStatus, "CacheClusterStatus");
  return {
    name,
    arn: given(cluster.ARN, "ARN"),
    form: "cluster",
    engine: given(cluster.Engine, "Engine"),
    versions: versionsOf(nodes),
    status,
    condition: meaningOf(status, cacheStatuses),
    nodes,
    shards: 1,
    automaticFailover: false,
    multiAz: new Set(nodes.map(({ zone }) => zone)).size > 1,
    modifications: modificationsOf(cluster.PendingModifiedValues),
    ...placeOf([cluster.ConfigurationEndpoint, ...endpointsOf([cluster])], cluster),
    encrypted: { atRest: cluster.AtRestEncryptionEnabled ?? false, inTransit: cluster.TransitEncryptionEnabled ?? false },
  };
}

/** Reads a serverless cache, which AWS spreads, fails over and encrypts without being told to. */
export function cacheOfServerless(name: string, cache: ServerlessCache): Cache {
  const status = given(cache.Status, "Status");
  const version = cache.FullEngineVersion ?? cache.MajorEngineVersion;
  return {
    name,
    arn: given(cache.ARN, "ARN"),
    form: "serverless",
    engine: given(cache.Engine, "Engine"),
    versions: version === undefined ? [] : [version],
    status,
    condition: meaningOf(status, cacheStatuses),
    nodes: [],
    shards: 1,
    automaticFailover: null,
    multiAz: null,
    modifications: [],
    hosts: hostsOf([cache.Endpoint, cache.ReaderEndpoint]),
    port: cache.Endpoint?.Port ?? null,
    subnetGroup: null,
    subnets: cache.SubnetIds ?? [],
    securityGroups: cache.SecurityGroupIds ?? [],
    encrypted: { atRest: true, inTransit: true },
  };
}

/** A cluster has nodes of its own only with Memcached; in a replication group it is a node. */
function nodesOf(cluster: CacheCluster): readonly CacheNode[] {
  const { CacheNodes = [], CacheClusterStatus } = cluster;
  const id = given(cluster.CacheClusterId, "CacheClusterId");
  const common = { class: cluster.CacheNodeType ?? null, version: cluster.EngineVersion ?? null };
  const whole = { status: given(CacheClusterStatus, "CacheClusterStatus"), condition: meaningOf(CacheClusterStatus, cacheStatuses) };
  const zone = cluster.PreferredAvailabilityZone ?? null;
  if (cluster.Engine !== "memcached") return [{ id, ...common, ...whole, zone: CacheNodes[0]?.CustomerAvailabilityZone ?? zone }];
  return CacheNodes.map(({ CacheNodeId, CacheNodeStatus, CustomerAvailabilityZone }) => ({
    id: `${id}/${given(CacheNodeId, "CacheNodeId")}`,
    ...common,
    status: given(CacheNodeStatus, "CacheNodeStatus"),
    condition: meaningOf(CacheNodeStatus, cacheStatuses),
    zone: CustomerAvailabilityZone ?? zone,
  }));
}

function placeOf(
  endpoints: readonly (Endpoint | undefined)[],
  first: CacheCluster | undefined,
): Pick<Cache, "hosts" | "port" | "subnetGroup" | "subnets" | "securityGroups"> {
  return {
    hosts: hostsOf(endpoints),
    port: endpoints.find((one) => one?.Port !== undefined)?.Port ?? null,
    subnetGroup: first?.CacheSubnetGroupName ?? null,
    subnets: null,
    securityGroups: (first?.SecurityGroups ?? []).flatMap(({ SecurityGroupId }) => SecurityGroupId ?? []),
  };
}

/** `enabling` and `disabling` are on their way: what is pending says where to. */
function isOn(status: string, pending: string | undefined): boolean {
  const now = oneOf(status, ["enabled", "disabled", "enabling", "disabling"]);
  return now === "enabled" && pending !== "disabled";
}

const versionsOf = (nodes: readonly CacheNode[]) => [...new Set(nodes.flatMap(({ version }) => version ?? []))].sort();
const endpointsOf = (clusters: readonly CacheCluster[]) =>
  clusters.flatMap(({ CacheNodes = [] }) => CacheNodes.map(({ Endpoint }) => Endpoint));
const hostsOf = (endpoints: readonly (Endpoint | undefined)[]) => [
  ...new Set(endpoints.flatMap((one) => (one?.Address ? [one.Address.toLowerCase()] : []))),
];

const modificationsOf = (pending: object = {}): readonly string[] =>
  Object.entries(pending as Record<string, unknown>).flatMap(([name, value]) => {
    if (value === undefined || value === null) return [];
    if (typeof value !== "object") return `${name}: ${value}`;
    return Object.keys(value).length === 0 ? [] : name;
  });
