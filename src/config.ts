// The small zod: every run pays for this schema at its start.
import {
  array,
  boolean,
  config,
  describe,
  int,
  maximum,
  minimum,
  minLength,
  number,
  enum as oneOf,
  optional,
  type output,
  record,
  regex,
  startsWith,
  strictObject,
  string,
  union,
} from "zod/mini";
import en from "zod/v4/locales/en.js";

config({ ...en(), jitless: true });

const text = string().check(minLength(1));
const names = array(text);
const count = int().check(minimum(0));
const atLeastOne = int().check(minimum(1));
const duration = string().check(regex(/^\d+(\.\d+)?(ms|s|m|h)$/, "expected a duration such as 500ms, 2s, 10m or 1h"));
const date = string().check(regex(/^\d{4}-\d{2}-\d{2}$/, "expected a date such as 2026-12-31"));
const severity = oneOf(["blocker", "warning", "advice"]);

const service = strictObject({
  desiredCount: optional(count.check(describe("At least this many tasks, once scaled up"))),
  taskDefinition: optional(text.check(describe("The revision that must be deployed, as family:revision or as its number"))),
  image: optional(record(text, text).check(describe("What must be serving, per container; * stands for anything"))),
  environment: optional(record(text, string()).check(describe("Plain settings that must be so"))),
  host: optional(text.check(describe("The host that must reach this service through the load balancer"))),
  path: optional(string().check(startsWith("/"), describe("The path that must reach it; its health check's as well"))),
  port: optional(atLeastOne.check(maximum(65535), describe("The listener's port; 443, else 80, where it is not stated"))),
});

const secret = strictObject({
  keys: optional(names.check(describe("The keys that its value must have"))),
  injectedInto: optional(names.check(describe("The services whose task definition must inject every key"))),
  placeholdersAllowed: optional(names.check(describe("Keys whose value may look like a placeholder"))),
});

const expectation = strictObject({
  status: optional(int().check(minimum(100), maximum(599))),
  body: optional(string()),
  within: optional(duration),
  successes: optional(atLeastOne.check(maximum(10))),
});

const endpoint = strictObject({
  url: string().check(regex(/^https?:\/\/[^/]+/, "expected a URL that begins with http:// or https://")),
  host: optional(text.check(describe("The Host header, and the TLS server name"))),
  service: optional(text.check(describe("The service that answers there"))),
  expect: optional(expectation),
});

const alarm = strictObject({
  namespace: optional(text),
  metric: optional(text),
  statistic: optional(text),
  comparison: optional(oneOf([">", ">=", "<", "<="])),
  threshold: optional(number()),
  period: optional(atLeastOne),
  evaluationPeriods: optional(atLeastOne),
});

const database = strictObject({
  engineVersion: optional(text),
  multiAz: optional(boolean()),
  backupRetentionDays: optional(count),
});

const cache = strictObject({
  engineVersion: optional(text),
  nodes: optional(atLeastOne),
  automaticFailover: optional(boolean()),
  multiAz: optional(boolean()),
});

const waiver = strictObject({
  check: text,
  subject: text,
  reason: text,
  owner: text,
  expires: date,
  glob: optional(boolean()),
  unknown: optional(boolean().check(describe("Accept not knowing as well"))),
});

const attestation = strictObject({ title: text, by: text, on: date, expires: date, evidence: optional(text) });

const criterion = strictObject({ title: text, checks: optional(names), attestations: optional(names) });

const perScene = strictObject({ "post-deploy": optional(severity), "pre-scale-up": optional(severity), "sign-off": optional(severity) });

const network = strictObject({
  availabilityZones: optional(union([atLeastOne, names])),
  scheme: optional(oneOf(["internet-facing", "internal"])),
});

const signOff = strictObject({
  sprint: optional(string()),
  track: optional(string()),
  owner: optional(string()),
  criteria: optional(array(criterion)),
});

/** Everything that can be said of a deployment. An unknown key is an error, since a misspelt requirement would go unasked. */
export const configSchema = strictObject({
  deployment: text.check(describe("What reports call it")),
  region: optional(text),
  account: optional(string().check(regex(/^\d{12}$/, "expected twelve digits, in quotes"), describe("Refuse to judge any other account"))),
  cluster: text,
  services: record(text, service),
  secrets: optional(record(text, secret)),
  endpoints: optional(record(text, endpoint)),
  alarms: optional(record(text, alarm)),
  notifications: optional(strictObject({ topics: names })),
  dashboards: optional(names),
  databases: optional(record(text, database)),
  caches: optional(record(text, cache)),
  network: optional(network),
  terraform: optional(strictObject({ lockTable: optional(text), state: optional(text) })),
  cost: optional(strictObject({ monthlyAtRest: number().check(minimum(0)) })),
  severity: optional(record(text, union([severity, perScene]))),
  waivers: optional(array(waiver)),
  attestations: optional(array(attestation)),
  signOff: optional(signOff),
  checks: optional(text.check(describe("A folder of your own checks and facts"))),
  history: optional(text.check(describe("Where the history of runs is kept"))),
});

/** What the deployer says must be there; sections that say nothing are empty. */
export type Stated = output<typeof configSchema>;

type Sections = "secrets" | "endpoints" | "alarms" | "databases" | "caches" | "severity";

/** A configuration as the steps use it: every section is there, and `inferred` names those that were found and not stated. */
export type Config = Stated & { readonly [S in Sections]-?: NonNullable<Stated[S]> } & {
  readonly waivers: NonNullable<Stated["waivers"]>;
  readonly inferred: readonly Inferable[];
};

/** What can be found from what is deployed, where it is not stated. `routes` are the hosts, paths and ports of the services. */
export const inferable = [
  "services",
  "routes",
  "secrets",
  "endpoints",
  "alarms",
  "notifications",
  "dashboards",
  "databases",
  "caches",
] as const;
/** One of these. */
export type Inferable = (typeof inferable)[number];

/** Fills the sections that were not stated. */
export function complete(stated: Stated): Config {
  const { secrets = {}, endpoints = {}, alarms = {}, databases = {}, caches = {}, severity = {}, waivers = [] } = stated;
  return { ...stated, secrets, endpoints, alarms, databases, caches, severity, waivers, inferred: [] };
}
