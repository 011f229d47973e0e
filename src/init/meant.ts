import type { Stated } from "../config.ts";

type Section<S extends "secrets" | "alarms" | "databases" | "caches"> = NonNullable<Stated[S]>;

/** A service as Terraform means it. `targetGroups` are ARNs, as far as they are known. */
export interface MeantService {
  readonly cluster: string | null;
  readonly desiredCount: number | null;
  readonly targetGroups: readonly string[];
}

/** What Terraform means to be there. `hints` are names that its outputs hold: they count only where such a thing is deployed. */
export interface Meant {
  readonly services: { readonly [name: string]: MeantService };
  /** Keys by secret that the newest revision of each family asks for; a revision that is only planned has no number. */
  readonly asked: readonly { readonly family: string; readonly revision: number | null; readonly secret: string; readonly key: string }[];
  readonly secrets: readonly string[];
  readonly alarms: Section<"alarms">;
  readonly databases: Section<"databases">;
  readonly caches: Section<"caches">;
  readonly dashboards: readonly string[];
  readonly topics: readonly string[];
  /** Of its topics, those that its alarms notify. */
  readonly notified: readonly string[];
  /** Hosts by the ARN of the target group that a rule hands them to, where it asks for nothing else. */
  readonly hosts: { readonly [targetGroup: string]: string };
  readonly scheme: "internet-facing" | "internal" | null;
  readonly lock: { readonly state: string; readonly lockTable?: string } | null;
  readonly hints: { readonly [S in "secrets" | "alarms" | "databases" | "caches" | "dashboards"]: readonly string[] };
}

/** What is meant where there is no Terraform. */
export const nothingMeant: Meant = {
  services: {},
  asked: [],
  secrets: [],
  alarms: {},
  databases: {},
  caches: {},
  dashboards: [],
  topics: [],
  notified: [],
  hosts: {},
  scheme: null,
  lock: null,
  hints: { secrets: [], alarms: [], databases: [], caches: [], dashboards: [] },
};

/** All that any of them means. */
export function together(all: readonly Meant[]): Meant {
  const unite = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat())].sort();
  const hintsOf = (section: keyof Meant["hints"]) => unite(all.map(({ hints }) => hints[section]));
  return {
    services: Object.assign({}, ...all.map(({ services }) => services)),
    asked: all.flatMap(({ asked }) => asked),
    secrets: unite(all.map(({ secrets }) => secrets)),
    alarms: Object.assign({}, ...all.map(({ alarms }) => alarms)),
    databases: Object.assign({}, ...all.map(({ databases }) => databases)),
    caches: Object.assign({}, ...all.map(({ caches }) => caches)),
    dashboards: unite(all.map(({ dashboards }) => dashboards)),
    topics: unite(all.map(({ topics }) => topics)),
    notified: unite(all.map(({ notified }) => notified)),
    hosts: Object.assign({}, ...all.map(({ hosts }) => hosts)),
    scheme: all.findLast(({ scheme }) => scheme !== null)?.scheme ?? null,
    lock: all.findLast(({ lock }) => lock !== null)?.lock ?? null,
    hints: {
      secrets: hintsOf("secrets"),
      alarms: hintsOf("alarms"),
      databases: hintsOf("databases"),
      caches: hintsOf("caches"),
      dashboards: hintsOf("dashboards"),
    },
  };
}
