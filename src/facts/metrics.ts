import type { Watched } from "./alarm-types.ts";

// What AWS's own metrics are like, as far as a wrong alarm can be proven from it. A metric that is not named here is nobody's business.

/** Which way a metric goes as things get worse; null where that is not known. */
export function worseWhen({ namespace, metric }: Pick<Watched, "namespace" | "metric">): "up" | "down" | null {
  if (!namespace.startsWith("AWS/") && namespace !== "ECS/ContainerInsights") return null;
  if (down.test(metric)) return "down";
  return up.test(metric) ? "up" : null;
}

const down = /^(FreeStorageSpace|FreeableMemory|FreeLocalStorage|HealthyHostCount|BurstBalance|CPUCreditBalance|RunningTaskCount)$/;
const up = new RegExp(
  `^(${[
    "(Engine)?CPUUtilization|MemoryUtilization|DatabaseMemoryUsagePercentage|DatabaseMemoryUsageCountedForEvictPercentage",
    "DatabaseConnections|CurrConnections|Evictions|SwapUsage|DiskQueueDepth|(Read|Write)Latency|ReplicaLag|ReplicationLag",
    "UnHealthyHostCount|TargetResponseTime|HTTPCode_(Target|ELB)_[45]XX_Count|HTTPCode_ELB_50\\d_Count|RejectedConnectionCount",
    "(Target|Client)TLSNegotiationErrorCount|TargetConnectionErrorCount",
  ].join("|")})$`,
);

/**
 * Each of these is reported as 1 for each event, and not at all where there is none: their sum is the only statistic that grows.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
const counted = /^(HTTPCode_(Target|ELB)_|RejectedConnectionCount$|(Target|Client)TLSNegotiationErrorCount$|TargetConnectionErrorCount$)/;

/** Whether a metric of this namespace is one that AWS counts event by event. */
export const countsEvents = ({ namespace, metric }: Pick<Watched, "namespace" | "metric">): boolean =>
  namespace === "AWS/ApplicationELB" && counted.test(metric);

/** Whether a metric comes only when something happens, so that no data may well mean that all is quiet. */
export const onlyOnEvents = (watched: Pick<Watched, "namespace" | "metric">): boolean =>
  countsEvents(watched) || watched.metric.startsWith("HTTPCode_") || ["TargetResponseTime", "Evictions"].includes(watched.metric);

const balancerSets = ["LoadBalancer", "AvailabilityZone LoadBalancer"];
const groupSets = ["LoadBalancer TargetGroup", "AvailabilityZone LoadBalancer TargetGroup"];

/**
 * The sets of dimensions under which AWS emits a metric, each in alphabetical order; null where that is not known.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html#load-balancer-metric-dimensions-alb
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/dimensions.html
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.HostLevel.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html
 */
export function emittedUnder({ namespace, metric }: Pick<Watched, "namespace" | "metric">): readonly string[] | null {
  if (namespace === "AWS/ApplicationELB" || namespace === "AWS/NetworkELB") {
    if (/^(Un)?HealthyHostCount$/.test(metric)) return groupSets;
    if (/^HTTPCode_ELB_/.test(metric)) return balancerSets;
    return /^(HTTPCode_Target_\wXX_Count|TargetResponseTime)$/.test(metric) ? [...balancerSets, ...groupSets] : null;
  }
  if (namespace === "AWS/RDS" && instanceMetric.test(metric))
    return ["DBInstanceIdentifier", "DBClusterIdentifier", "DBClusterIdentifier Role", "DatabaseClass", "EngineName"];
  if (namespace === "AWS/ElastiCache" && nodeMetric.test(metric)) return ["CacheClusterId", "CacheClusterId CacheNodeId"];
  if (namespace === "AWS/ECS" && /^(CPU|Memory)Utilization$/.test(metric)) return ["ClusterName", "ClusterName ServiceName"];
  return null;
}

const instanceMetric = /^(CPUUtilization|DatabaseConnections|FreeStorageSpace|FreeableMemory|(Read|Write)(Latency|IOPS)|DiskQueueDepth)$/;
// Those of the host; an engine's are also reported for a whole replication group.
const nodeMetric = /^(CPUUtilization|FreeableMemory|SwapUsage)$/;

/** The name in a TargetGroup dimension, `targetgroup/name/id`. */
export const targetGroupOf = (dimension: string): string => dimension.split("/")[1] ?? dimension;

/** The name in a LoadBalancer dimension, `app/name/id`. */
export const loadBalancerOf = (dimension: string): string => dimension.split("/")[1] ?? dimension;

/** What a dimension says of a load balancer or target group with this ARN. */
export const dimensionOf = (arn: string): string =>
  arn
    .split(":")
    .slice(5)
    .join(":")
    .replace(/^loadbalancer\//, "");
