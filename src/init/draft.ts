import type { Config } from "../config.ts";
import { stackName } from "../facts/stack-name.ts";
import type { Meant } from "./meant.ts";
import type { Material, Part } from "./part.ts";
import { alarmsPart } from "./parts/alarms.ts";
import { dashboardsPart } from "./parts/dashboards.ts";
import { endpointsPart } from "./parts/endpoints.ts";
import { networkPart } from "./parts/network.ts";
import { notificationsPart } from "./parts/notifications.ts";
import { secretsPart } from "./parts/secrets.ts";
import { servicesPart } from "./parts/services.ts";
import { cachesPart, databasesPart } from "./parts/stores.ts";
import { terraformPart } from "./parts/terraform.ts";

const parts = [
  servicesPart,
  secretsPart,
  endpointsPart,
  alarmsPart,
  notificationsPart,
  dashboardsPart,
  databasesPart,
  cachesPart,
  networkPart,
  terraformPart,
];

/** Everything that is to be written of a deployment, in order. */
export function draftOf(material: Material, account: string | undefined): readonly Part[] {
  const { cluster, region } = material.config;
  return [
    { key: "deployment", about: "What reports call it.", value: stackName(cluster) },
    ...(region === undefined ? [] : [{ key: "region", value: region }]),
    ...(account === undefined ? [] : [{ key: "account", about: "Any other account is refused.", value: account }]),
    { key: "cluster", value: cluster },
    ...parts.map((part) => part(material)),
  ];
}

/** The configuration with what Terraform means to be there beside what was found. */
export function withMeant(config: Config, meant: Meant): Config {
  // Where services were named, no other is meant.
  const isMeant = (cluster: string | null) => config.inferred.includes("services") && (cluster === null || cluster === config.cluster);
  const inCluster = Object.entries(meant.services).filter(([, { cluster }]) => isMeant(cluster));
  return {
    ...config,
    services: { ...named(inCluster.map(([name]) => name)), ...config.services },
    alarms: { ...named(Object.keys(meant.alarms)), ...config.alarms },
    databases: { ...named(Object.keys(meant.databases)), ...config.databases },
    caches: { ...named(Object.keys(meant.caches)), ...config.caches },
  };
}

/** The configuration with what may be there as well, so that it is asked for. */
export function withHints(config: Config, hints: Meant["hints"]): Config {
  return {
    ...config,
    secrets: { ...named(hints.secrets), ...config.secrets },
    alarms: { ...named(hints.alarms), ...config.alarms },
    databases: { ...named(hints.databases), ...config.databases },
    caches: { ...named(hints.caches), ...config.caches },
    dashboards: [...new Set([...(config.dashboards ?? []), ...hints.dashboards])],
  };
}

const named = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, {}]));
