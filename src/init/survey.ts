import { alarms } from "../facts/alarms.ts";
import { caches } from "../facts/caches.ts";
import { caller } from "../facts/caller.ts";
import { clusterServices } from "../facts/cluster-services.ts";
import { dashboards } from "../facts/dashboards.ts";
import { databases } from "../facts/databases.ts";
import { endpoints } from "../facts/endpoints.ts";
import { loadBalancers } from "../facts/load-balancers.ts";
import { natGateways } from "../facts/nat-gateways.ts";
import { routeTables } from "../facts/route-tables.ts";
import { scalableTargets } from "../facts/scalable-targets.ts";
import { secrets } from "../facts/secrets.ts";
import { subnets } from "../facts/subnets.ts";
import { askOnce } from "../round.ts";
import { scout } from "../scout.ts";
import type { Job } from "../wait.ts";
import { withHints, withMeant } from "./draft.ts";
import type { Meant } from "./meant.ts";
import type { Material } from "./part.ts";

/** Everything that a configuration is written from, besides what it takes to infer it. No secret's value is. */
const told = [
  caller,
  clusterServices,
  secrets,
  loadBalancers,
  endpoints,
  alarms,
  dashboards,
  databases,
  caches,
  scalableTargets,
  subnets,
  routeTables,
  natGateways,
];

/** Asks for what is deployed: first for what it takes to know what there is, then for how that is set up. Never rejects. */
export async function survey(job: Omit<Job, "wait">, meant: Meant): Promise<Material> {
  const { config: found, lacking, unfound, opening } = await scout(job);
  const config = withMeant(found, meant);
  const before = opening ? ({ earlier: opening, keep: "all" } as const) : {};
  return {
    config,
    meant,
    unfound,
    snapshot: await askOnce({ ...job, config: withHints(config, meant.hints), lacking, wait: 0 }, told, before),
  };
}
