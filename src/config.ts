import { array, boolean, int, number, enum as oneOf, type output, record, strictObject, string, union } from "zod";

const name = string().min(1);
const names = array(name);
const amount = number().min(0);
const duration = string().regex(/^\d+(\.\d+)?(ms|s|m|h)$/, "expected a duration such as 500ms, 2s, 10m or 1h");
const date = string().regex(/^\d{4}-\d{2}-\d{2}$/, "expected a date such as 2026-12-31");
const severity = oneOf(["blocker", "warning", "advice"]);

const service = strictObject({
  desiredCount: int().min(0).optional().describe("At least this many tasks, once scaled up"),
  taskDefinition: name.optional().describe("The revision that must be deployed, as family:revision or as its number"),
  image: record(name, name).optional().describe("What must be serving, per container; * stands for anything"),
  environment: record(name, string()).optional().describe("Plain settings that must be so"),
  host: name.optional().describe("The host that must reach this service through the load balancer"),
  path: string().startsWith("/").optional().describe("The path that must reach it; its health check's as well"),
  port: int().min(1).max(65535).optional().describe("The listener's port; 443, else 80, where it is not stated"),
});

const secret = strictObject({
  keys: names.optional().describe("The keys that its value must have"),
  injectedInto: names.optional().describe("The services whose task definition must inject every key"),
  placeholdersAllowed: names.optional().describe("Keys whose value may look like a placeholder"),
});

const endpoint = strictObject({
  url: string().regex(/^https?:\/\/[^/]+/, "expected a URL that begins with http:// or https://"),
  host: name.optional().describe("The Host header, and the TLS server name"),
  service: name.optional().describe("The service that answers there"),
  expect: strictObject({
    status: int().min(100).max(599).optional(),
    body: string().optional(),
    within: duration.optional(),
    successes: int().min(1).max(10).optional(),
  }).optional(),
});

const alarm = strictObject({
  namespace: name.optional(),
  metric: name.optional(),
  statistic: name.optional(),
  comparison: oneOf([">", ">=", "<", "<="]).optional(),
  threshold: number().optional(),
  period: int().min(1).optional(),
  evaluationPeriods: int().min(1).optional(),
});

const database = strictObject({
  engineVersion: name.optional(),
  multiAz: boolean().optional(),
  backupRetentionDays: int().min(0).optional(),
});

const cache = strictObject({
  engineVersion: name.optional(),
  nodes: int().min(1).optional(),
  automaticFailover: boolean().optional(),
  multiAz: boolean().optional(),
});

const waiver = strictObject({
  check: name,
  subject: name,
  reason: name,
  owner: name,
  expires: date,
  glob: boolean().optional(),
  unknown: boolean().optional().describe("Accept not knowing as well"),
});

const attestation = strictObject({ title: name, by: name, on: date, expires: date, evidence: name.optional() });

const criterion = strictObject({ title: name, checks: names.optional(), attestations: names.optional() });

const perScene = strictObject({
  "post-deploy": severity.optional(),
  "pre-scale-up": severity.optional(),
  "sign-off": severity.optional(),
});

/** Everything that can be said of a deployment. An unknown key is an error, since a misspelt requirement would go unasked. */
export const configSchema = strictObject({
  deployment: name.describe("What reports call it"),
  region: name.optional(),
  account: string()
    .regex(/^\d{12}$/, "expected twelve digits, in quotes")
    .optional()
    .describe("Refuse to judge any other account"),
  cluster: name,
  services: record(name, service),
  secrets: record(name, secret).optional(),
  endpoints: record(name, endpoint).optional(),
  alarms: record(name, alarm).optional(),
  notifications: strictObject({ topics: names }).optional(),
  dashboards: names.optional(),
  databases: record(name, database).optional(),
  caches: record(name, cache).optional(),
  network: strictObject({
    availabilityZones: union([int().min(1), names]).optional(),
    scheme: oneOf(["internet-facing", "internal"]).optional(),
  }).optional(),
  terraform: strictObject({ lockTable: name.optional(), state: name.optional() }).optional(),
  cost: strictObject({ monthlyAtRest: amount }).optional(),
  severity: record(name, union([severity, perScene])).optional(),
  waivers: array(waiver).optional(),
  attestations: array(attestation).optional(),
  signOff: strictObject({
    sprint: string().optional(),
    track: string().optional(),
    owner: string().optional(),
    criteria: array(criterion).optional(),
  }).optional(),
  checks: name.optional().describe("A folder of your own checks and facts"),
  history: name.optional().describe("Where the history of runs is kept"),
});

/** What the deployer says must be there; sections that say nothing are empty. */
export type Stated = output<typeof configSchema>;

type Sections = "secrets" | "endpoints" | "alarms" | "databases" | "caches" | "severity";

/** A configuration as the steps use it: every section is there, and `inferred` names those that were found and not stated. */
export type Config = Stated & { readonly [S in Sections]-?: NonNullable<Stated[S]> } & {
  readonly waivers: NonNullable<Stated["waivers"]>;
  readonly inferred: readonly Inferable[];
};

/** What can be found from what is deployed, where it is not stated. */
export type Inferable = "services" | "secrets" | "endpoints" | "alarms";

/** Fills the sections that were not stated. */
export function complete(stated: Stated): Config {
  const { secrets = {}, endpoints = {}, alarms = {}, databases = {}, caches = {}, severity = {}, waivers = [] } = stated;
  return { ...stated, secrets, endpoints, alarms, databases, caches, severity, waivers, inferred: [] };
}

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Milliseconds in a duration such as `500ms`, `2s`, `10m`, `1h`, or `0`. Throws a RangeError for anything else. */
export function milliseconds(text: string): number {
  if (text === "0") return 0;
  const [, count, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  if (!count || !unit) throw new RangeError(`"${text}" is not a duration: write 500ms, 2s, 10m or 1h`);
  return Number(count) * units[unit as keyof typeof units];
}
