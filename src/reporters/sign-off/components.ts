import { readingsOf, type Stand } from "./readings.ts";

type Dimensions = { readonly [name: string]: string };

/** Tells which parts of the stack a metric is about, as subjects, by its dimensions; none, where it is about nothing that is known. */
export function componentsBy(stand: Pick<Stand, "facts">): (dimensions: Dimensions) => readonly string[] {
  const groups = readingsOf(stand, "targetGroups").known.map(({ value }) => value);
  const balancers = readingsOf(stand, "loadBalancers").known.map(({ value }) => value);
  const databases = readingsOf(stand, "databases").known.map(({ value }) => value);
  const caches = readingsOf(stand, "caches").known.map(({ value }) => value);
  return (dimensions) => {
    const { ServiceName, TargetGroup, LoadBalancer } = dimensions;
    const database = (dimensions["DBInstanceIdentifier"] ?? dimensions["DBClusterIdentifier"])?.toLowerCase();
    const cache = (dimensions["CacheClusterId"] ?? dimensions["ReplicationGroupId"] ?? dimensions["clusterId"])?.toLowerCase();
    const registering = groups.filter(({ arn }) => TargetGroup !== undefined && arn.endsWith(`:${TargetGroup}`));
    return [
      ...(ServiceName === undefined ? [] : [`service:${ServiceName}`]),
      ...registering.flatMap(({ services }) => services.map((name) => `service:${name}`)),
      ...balancers.flatMap(({ name, arn }) =>
        LoadBalancer !== undefined && arn.endsWith(`/${LoadBalancer}`) ? [`load-balancer:${name}`] : [],
      ),
      ...databases.flatMap(({ name, instances }) =>
        [name, ...instances.map(({ id }) => id)].some((id) => id.toLowerCase() === database) ? [`database:${name}`] : [],
      ),
      ...caches.flatMap(({ name, nodes }) =>
        [name, ...nodes.map(({ id }) => id.split("/")[0] ?? id)].some((id) => id.toLowerCase() === cache) ? [`cache:${name}`] : [],
      ),
    ];
  };
}

/** The parts of the stack that can be watched: services, load balancers, databases and caches, as subjects. */
export function componentsOf(stand: Stand): readonly string[] {
  const { services, databases, caches } = stand.config;
  return [
    ...Object.keys(services).map((name) => `service:${name}`),
    ...readingsOf(stand, "loadBalancers").known.map(({ name }) => `load-balancer:${name}`),
    ...Object.keys(databases).map((name) => `database:${name}`),
    ...Object.keys(caches).map((name) => `cache:${name}`),
  ];
}
