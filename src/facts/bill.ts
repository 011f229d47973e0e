import { defineFact, known, type Reading, unknown } from "../fact.ts";
import { alarms } from "./alarms.ts";
import { cacheNodesOf, type Standing, storageOf } from "./at-rest.ts";
import { cents, type Line, lineOf, sum, unpricedLine, usd } from "./bill-lines.ts";
import { caches } from "./caches.ts";
import { databases } from "./databases.ts";
import { loadBalancers } from "./load-balancers.ts";
import { natGateways } from "./nat-gateways.ts";
import { prices } from "./prices.ts";
import { publicAddresses } from "./public-addresses.ts";
import { secrets } from "./secrets.ts";
import { vpcEndpoints } from "./vpc-endpoints.ts";

/** Dashboards that cost nothing. */
const free = 3;

/** What the stack costs a month with its services and its database stopped: the caches run on, since they cannot be stopped. */
export const bill = defineFact("bill", {
  kind: "cost",
  calls: [],
  needs: [natGateways, loadBalancers, publicAddresses, vpcEndpoints, databases, caches, secrets, alarms, prices],
  subjects: () => ["at-rest"],
  ask: async () => null,

  read(
    _answer,
    { config, facts },
  ): Reading<{ readonly lines: readonly Line[]; readonly total: number; readonly unpriced: readonly string[] }> {
    const all = [facts.natGateways.all().flat(), facts.vpcEndpoints.all().flat(), facts.alarms.all()] as const;
    const [nats, endpoints, watching] = all;
    const billed = endpoints.filter(({ type, state }) => type !== "Gateway" && state !== "closed");
    const metrics = watching.flatMap((one) => (one.type === "metric" ? Math.max(1, one.watches.length) : []));
    const stores = facts.databases.all().map((one) => [one.name, storageOf(one)] as const);
    const serverless = facts.caches.all().filter(({ nodes }) => nodes.length === 0);
    const standing: readonly Standing[] = [
      { thing: "nat-gateway", count: nats.filter(({ state }) => ["pending", "available"].includes(state)).length },
      ...["application", "network"].map((type) => ({
        thing: `load-balancer/${type}`,
        count: facts.loadBalancers.all().filter((one) => one.type === type).length,
      })),
      { thing: "public-address", count: sum(facts.publicAddresses.all().map(({ addresses }) => addresses.length)) },
      { thing: "vpc-endpoint", count: sum(billed.map(({ subnets }) => subnets.length)) },
      ...stores.flatMap(([, storage]) => storage ?? []),
      ...facts.caches.all().flatMap(cacheNodesOf),
      { thing: "secret", count: facts.secrets.all().length },
      { thing: "alarm", count: sum(metrics) },
      { thing: "composite-alarm", count: watching.length - metrics.length },
      { thing: "dashboard", count: Math.max(0, (config.dashboards ?? []).length - free) },
    ];
    const lines = [
      ...standing.filter(({ count }) => count > 0).map(({ thing, count }) => lineOf(thing, count, facts.prices.get(thing))),
      ...stores.flatMap(([name, storage]) => (storage ? [] : [unpricedLine(`storage of ${name}`)])),
      ...serverless.map(({ name }) => unpricedLine(`serverless cache ${name}`)),
    ];
    const total = cents(sum(lines.map(({ monthly }) => monthly ?? 0)));
    const unpriced = lines.flatMap(({ item, monthly }) => (monthly === null ? [item] : []));
    const limit = config.cost?.monthlyAtRest;
    if (limit !== undefined && total <= limit && unpriced.length > 0)
      return unknown("invalid", `it is ${usd(total)} a month and more: nobody says what this costs here: ${unpriced.join(", ")}`);
    return known({ lines, total, unpriced });
  },
});
