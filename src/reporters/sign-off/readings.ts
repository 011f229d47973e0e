import type { Unknown, ValueOf } from "../../fact.ts";
import type { alarms } from "../../facts/alarms.ts";
import type { bill } from "../../facts/bill.ts";
import type { caches } from "../../facts/caches.ts";
import type { dashboards } from "../../facts/dashboards.ts";
import type { databases } from "../../facts/databases.ts";
import type { endpoints } from "../../facts/endpoints.ts";
import type { images } from "../../facts/images.ts";
import type { listeners } from "../../facts/listeners.ts";
import type { loadBalancers } from "../../facts/load-balancers.ts";
import type { muteRules } from "../../facts/mute-rules.ts";
import type { natGateways } from "../../facts/nat-gateways.ts";
import type { secretValues } from "../../facts/secret-values.ts";
import type { services } from "../../facts/services.ts";
import type { subscriptions } from "../../facts/subscriptions.ts";
import type { targetGroups } from "../../facts/target-groups.ts";
import type { taskDefinitions } from "../../facts/task-definitions.ts";
import type { Report } from "../../report.ts";
import type { SnapshotFile } from "../../snapshot.ts";
import { allVisible } from "../text/visible.ts";

/** The facts that a sign-off tells of, by their ids. */
interface Facts {
  alarms: typeof alarms;
  bill: typeof bill;
  caches: typeof caches;
  dashboards: typeof dashboards;
  databases: typeof databases;
  endpoints: typeof endpoints;
  images: typeof images;
  listeners: typeof listeners;
  loadBalancers: typeof loadBalancers;
  muteRules: typeof muteRules;
  natGateways: typeof natGateways;
  secretValues: typeof secretValues;
  services: typeof services;
  subscriptions: typeof subscriptions;
  targetGroups: typeof targetGroups;
  taskDefinitions: typeof taskDefinitions;
}

/** What a snapshot knows of a fact. Whoever lists only `known` has to say what is `unknown`. */
export interface Readings<T> {
  readonly known: readonly { readonly name: string; readonly value: T }[];
  readonly absent: readonly string[];
  readonly unknown: readonly { readonly name: string; readonly why: string }[];
  /** The value by its name, or by the id that AWS takes; null where there is none, undefined where that is not known. */
  readonly find: (id: string) => T | null | undefined;
}

/** What a sign-off follows from: the report with every text visible, its configuration, and the snapshot that it rests on. */
export interface Stand {
  readonly report: Report;
  readonly config: SnapshotFile["config"];
  readonly facts: SnapshotFile["facts"];
  /** When the snapshot was taken, ISO 8601. */
  readonly takenAt: string;
}

/** Everything that a sign-off follows from, with what a terminal or a parser would act upon written out. */
export const standOf = (report: Report, { config, facts, takenAt }: SnapshotFile): Stand => ({
  ...{ report: allVisible(report), config: allVisible(config), facts, takenAt },
});

/** What is known of a fact, and what is not. */
export function readingsOf<F extends keyof Facts>({ facts }: Pick<Stand, "facts">, fact: F): Readings<ValueOf<Facts[F]>> {
  type Value = ValueOf<Facts[F]>;
  const collection = allVisible(facts[fact]);
  if (!collection) return { known: [], absent: [], unknown: [{ name: "all", why: "nobody asked" }], find: () => undefined };
  const own = Object.entries(collection.readings);
  const lacking = collection.missing.flatMap(({ subject, reading }) =>
    reading.state === "unknown" ? [{ name: subject, why: reasonOf(reading) }] : [],
  );
  return {
    known: own.flatMap(([name, reading]) => (reading.state === "known" ? [{ name, value: reading.value as Value }] : [])),
    absent: own.flatMap(([name, { state }]) => (state === "absent" ? [name] : [])),
    unknown: [...own.flatMap(([name, reading]) => (reading.state === "unknown" ? [{ name, why: reasonOf(reading) }] : [])), ...lacking],
    find(id) {
      const name = collection.names[id] ?? id;
      const reading = Object.hasOwn(collection.readings, name) ? collection.readings[name] : undefined;
      if (reading?.state === "known") return reading.value as Value;
      return reading?.state === "absent" ? null : undefined;
    },
  };
}

/** In a few words: the whole reason is told once, with everything that is not known. */
const reasonOf = ({ kind, action, why }: Unknown) => (action === undefined ? `${kind}: ${why}` : `${kind} ${action}`);
