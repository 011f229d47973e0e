import type { Config, Inferable } from "./config.ts";
import type { Fact, ValueOf } from "./fact.ts";
import { clusterServices } from "./facts/cluster-services.ts";
import { loadBalancers } from "./facts/load-balancers.ts";
import { nearbyAlarms } from "./facts/nearby-alarms.ts";
import { type Entrance, type Rule, routeOf } from "./facts/routing.ts";
import { rules } from "./facts/rules.ts";
import { secrets } from "./facts/secrets.ts";
import { services } from "./facts/services.ts";
import { type TargetGroup, targetGroups } from "./facts/target-groups.ts";
import { taskDefinitions } from "./facts/task-definitions.ts";
import type { Snapshot } from "./gather.ts";
import { type Missing, missingFrom, NotKnown } from "./view.ts";

/** What the lists of facts may lack, by fact, since what they were inferred from was not all known. */
export type Lacking = { readonly [factId: string]: readonly Missing[] };

interface Section {
  readonly section: Inferable;
  /** What it is inferred from, and the facts that ask about what was found. */
  readonly from: readonly Fact[];
  readonly fills: readonly string[];
  find(look: Look, config: Config): Partial<Config>;
}

/** Looks at a fact: all that is known of it. Ends the inference where something is not known; what is absent is left out. */
type Look = <F extends Fact>(fact: F) => readonly ValueOf<F>[];

const sections: readonly Section[] = [
  {
    section: "services",
    from: [clusterServices],
    fills: ["services", "serviceDeployments", "tasks"],
    find: (look) => ({
      services: Object.fromEntries(look(clusterServices).flatMap((cluster) => cluster.services.map((name) => [name, {}]))),
    }),
  },
  { section: "secrets", from: [services, taskDefinitions, secrets], fills: ["secrets", "secretValues"], find: findSecrets },
  { section: "endpoints", from: [services, targetGroups, loadBalancers, rules], fills: ["endpoints"], find: findEndpoints },
  { section: "alarms", from: [targetGroups, loadBalancers, nearbyAlarms], fills: ["alarms"], find: findAlarms },
];

/** What must be gathered to infer what is not stated, one set after the other: the services first, since all else is about them. */
export function stages({ inferred }: Config): readonly (readonly Fact[])[] {
  const open = sections.filter(({ section }) => inferred.includes(section));
  const [first, rest] = [open.filter(({ section }) => section === "services"), open.filter(({ section }) => section !== "services")];
  return [first, rest].map((stage) => stage.flatMap(({ from }) => from)).filter((facts) => facts.length > 0);
}

/** Fills the sections that are to be inferred from what is deployed. Pure. What could not be read is said to be lacking, never left out. */
export function infer(config: Config, snapshot: Snapshot): { readonly config: Config; readonly lacking: Lacking } {
  const lacking: Record<string, readonly Missing[]> = {};
  let filled = config;
  for (const { section, from, fills, find } of sections) {
    if (!config.inferred.includes(section) || !from.every(({ id }) => snapshot.facts[id])) continue;
    try {
      filled = { ...filled, ...find(lookingAt(snapshot), filled) };
    } catch (error) {
      if (!(error instanceof NotKnown)) throw error;
      for (const id of fills) lacking[id] = [error.missing];
    }
  }
  return { config: filled, lacking };
}

const lookingAt =
  (snapshot: Snapshot): Look =>
  <F extends Fact>({ id }: F) => {
    const collection = snapshot.facts[id];
    if (!collection) return [];
    const unread = missingFrom(collection).find(({ reading }) => reading.state === "unknown");
    if (unread) throw new NotKnown(unread);
    return Object.values(collection.readings).flatMap((reading) => (reading.state === "known" ? [reading.value as ValueOf<F>] : []));
  };

/** The keys that task definitions ask for, by secret. */
function findSecrets(look: Look): Partial<Config> {
  const byArn = new Map(look(secrets).map((secret) => [secret.arn, secret]));
  const found: Record<string, { keys: string[]; injectedInto: string[] }> = {};
  const definitions = look(taskDefinitions);
  for (const service of look(services)) {
    const definition = definitions.find(({ arn }) => arn === service.taskDefinition);
    for (const { target } of definition?.references ?? []) {
      if (target.to !== "secret" || target.key === "") continue;
      const name = [...byArn.values()].find(
        ({ arn, name }) => arn === target.id || name === target.resource || arn.startsWith(`${target.id}-`),
      )?.name;
      if (name === undefined) continue;
      found[name] ??= { keys: [], injectedInto: [] };
      const { keys, injectedInto } = found[name];
      if (!keys.includes(target.key)) keys.push(target.key);
      if (!injectedInto.includes(service.name)) injectedInto.push(service.name);
    }
  }
  return { secrets: found };
}

/** For each service behind a load balancer, the health check's path by way of a listener that leads to it. */
function findEndpoints(look: Look): Partial<Config> {
  const [groups, balancers, entrances] = [look(targetGroups), look(loadBalancers), look(rules)];
  const found = look(services).flatMap(({ name, attachments }) => {
    const ways = attachments.flatMap(({ targetGroup }) => {
      const group = groups.find(({ arn }) => arn === targetGroup);
      return group ? balancers.flatMap((balancer) => waysTo(group, balancer, entrances)) : [];
    });
    // Where both lead there, the one that does not send the answer in the open.
    const way = ways.find(({ url }) => url.startsWith("https:")) ?? ways[0];
    return way ? [[name, { ...way, service: name }] as const] : [];
  });
  return { endpoints: Object.fromEntries(found) };
}

function waysTo(group: TargetGroup, { arn, dns, type }: ValueOf<typeof loadBalancers>, all: readonly Entrance[]) {
  const { path, protocol, statuses } = group.healthCheck;
  if (type !== "application" || dns === null || path === null || !protocol?.startsWith("HTTP")) return [];
  const entrances = all.filter(({ loadBalancer }) => loadBalancer === arn);

  return entrances.flatMap(({ port, protocol: speaks, rules: ofListener }) =>
    ofListener.flatMap((rule) => {
      const host = hostOf(rule);
      const { end } = routeOf({ port, host: host ?? dns, path }, entrances);
      const leadsHere = end.to === "targets" && end.groups.some((share) => share.arn === group.arn && share.weight > 0);
      // Over TLS nobody but a named host has a certificate.
      if (rule.action.type !== "forward" || !leadsHere || (speaks === "HTTPS" && host === null)) return [];
      const scheme = speaks.toLowerCase();
      const usual = (scheme === "http" && port === 80) || (scheme === "https" && port === 443);
      const expect = statuses && /^\d+$/.test(statuses) ? { expect: { status: Number(statuses) } } : {};
      return [{ url: `${scheme}://${dns}${usual ? "" : `:${port}`}${path}`, ...(host === null ? {} : { host }), ...expect }];
    }),
  );
}

const hostOf = ({ conditions }: Rule): string | null =>
  conditions.find(({ field }) => field === "host-header")?.values.find((value) => !/[*?]/.test(value)) ?? null;

/** The alarms whose dimensions name the cluster, a service of it, its load balancers or target groups; and those that are made of them. */
function findAlarms(look: Look, { cluster, services: ours }: Config): Partial<Config> {
  const tails = [...look(loadBalancers), ...look(targetGroups)].map(({ arn }) =>
    arn
      .split(":")
      .at(-1)
      ?.replace(/^loadbalancer\//, ""),
  );
  const all = look(nearbyAlarms).flatMap(({ alarms }) => alarms);
  const names = (dimension: string, value: string) =>
    (dimension === "ClusterName" && value === cluster) ||
    ((dimension === "LoadBalancer" || dimension === "TargetGroup") && tails.includes(value));

  const own = all.filter(({ dimensions, scales }) => {
    const foreign = dimensions.some(({ name, value }) => name === "ServiceName" && !Object.hasOwn(ours, value));
    return !scales && !foreign && dimensions.some(({ name, value }) => names(name, value));
  });
  const madeOfThem = all.filter(({ rule }) => own.some(({ name }) => rule?.includes(`"${name}"`) || rule?.includes(`(${name})`)));
  return { alarms: Object.fromEntries([...own, ...madeOfThem].map(({ name }) => [name, {}])) };
}
