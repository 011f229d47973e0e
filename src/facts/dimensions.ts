import type { Config } from "../config.ts";
import type { Watched } from "./alarm-types.ts";
import type { Cache } from "./cache-types.ts";
import type { Database } from "./database-types.ts";
import { dimensionOf, emittedUnder } from "./metrics.ts";
import type { TargetGroup } from "./target-groups.ts";

/**
 * What dimensions may name. Each kind is asked for only where a dimension is about it; databases and caches are taken by their configured
 * names where they are left out, or not all of them are there.
 */
export type Stack = {
  readonly config: Config;
  readonly groups: () => readonly TargetGroup[];
  readonly databases?: () => readonly Database[] | null;
  readonly caches?: () => readonly Cache[] | null;
};

/** What a metric's dimensions come to: what they name of this stack, or why they are wrong and what would be right. */
export type Aim = { readonly names: readonly string[] } | { readonly flaw: string; readonly remedy: string };

const namespaces = ["AWS/ApplicationELB", "AWS/NetworkELB", "AWS/RDS", "AWS/ElastiCache", "AWS/ECS", "ECS/ContainerInsights"];

/** Whether the dimensions of this namespace are known; those of an application's own are its own business. */
export const isJudged = ({ namespace }: Watched): boolean => namespaces.includes(namespace);

/** Judges the dimensions of a metric: there are some, AWS emits the metric under them, and each that can be told names something of the stack. */
export function aimOf(watched: Watched, stack: Stack): Aim {
  const { metric, dimensions } = watched;
  const given = Object.keys(dimensions).sort();
  const sets = emittedUnder(watched);
  const remedy = `Watch it by ${sets?.map((set) => set.replaceAll(" ", " and ")).join(", or by ") ?? "the dimensions that AWS emits it under"}.`;
  if (given.length === 0) return { flaw: `watches ${metric} without dimensions, of nothing in particular`, remedy };
  if (sets && !sets.includes(given.join(" ")))
    return { flaw: `watches ${metric} by ${given.join(" and ")}, by which AWS does not emit it`, remedy };

  const names: string[] = [];
  for (const [dimension, value] of Object.entries(dimensions)) {
    const ours = isOurs(dimension, value, stack);
    if (ours === true) names.push(value);
    if (ours !== false) continue;
    const remedy = `Let it watch ${meantBy(dimension, stack).values.join(" or ")}.`;
    return { flaw: `watches the ${dimension} ${value}, which is none of this stack's`, remedy };
  }
  return { names };
}

/** Whether a dimension names something of the stack; null where that cannot be told. */
export function isOurs(dimension: string, value: string, stack: Stack): boolean | null {
  const { pattern, values } = meantBy(dimension, stack);
  if (values.length === 0) return null;
  return values.some((one) => value === one || (value.startsWith(one) && (pattern?.test(value.slice(one.length)) ?? false)));
}

/** The values of a dimension that name something of the stack, none where that cannot be told; `pattern` is what may follow them. */
function meantBy(dimension: string, stack: Stack): { values: readonly string[]; pattern?: RegExp } {
  const { config, groups } = stack;
  switch (dimension) {
    case "LoadBalancer":
      return { values: [...new Set(groups().flatMap(({ loadBalancers }) => loadBalancers.map(dimensionOf)))] };
    case "TargetGroup":
      return { values: groups().map(({ arn }) => dimensionOf(arn)) };
    case "ClusterName":
      return { values: [config.cluster] };
    case "ServiceName":
      return { values: Object.keys(config.services) };
    case "DBInstanceIdentifier": {
      const instances = stack.databases?.()?.flatMap((database) => database.instances.map(({ id }) => id));
      if (instances) return { values: instances };
      // The instances of a cluster are usually called after it.
      return { values: Object.keys(config.databases), pattern: /^(-instance)?-\d+$/ };
    }
    case "DBClusterIdentifier":
      return { values: Object.keys(config.databases) };
    case "CacheClusterId": {
      const nodes = stack.caches?.()?.flatMap((cache) => cache.nodes.map(({ id }) => id.replace(/\/.*/, "")));
      if (nodes) return { values: nodes };
      // A node of a replication group: its number, or those of its shard and itself.
      return { values: Object.keys(config.caches), pattern: /^(-\d{4})?-\d{3}$/ };
    }
    case "ReplicationGroupId":
    // That of a serverless cache.
    case "clusterId":
      return { values: Object.keys(config.caches) };
    default:
      return { values: [] };
  }
}
