// The small zod: every run pays for this schema at its start.
import {
  array,
  boolean,
  config,
  describe,
  int,
  literal,
  maximum,
  minimum,
  minLength,
  number,
  enum as oneOf,
  optional,
  type output,
  record,
  refine,
  regex,
  startsWith,
  strictObject,
  string,
  union,
} from "zod/mini";
import en from "zod/v4/locales/en.js";

config({ ...en(), jitless: true });

const text = string().check(minLength(1));
// What some write for false would be the name of a file.
const path = text.check(regex(/^(?!(no|off|none|never|false)$)/i, "expected a path, or false"));
const names = array(text);
const count = int().check(minimum(0));
const atLeastOne = int().check(minimum(1));
const duration = string().check(regex(/^\d+(\.\d+)?(ms|s|m|h)$/, "expected a duration such as 500ms, 2s, 10m or 1h"));
const said = string().check(regex(/\S/, "expected a text that is not blank"));
// What the pattern refuses is refused once.
const isReal = (day: string) => [day, undefined].includes(new Date(day).toJSON()?.slice(0, 10));
const date = string().check(
  regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "expected a date such as 2026-12-31"),
  refine(isReal, "that day is in no calendar"),
);
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
  status: optional(int().check(minimum(100), maximum(599), describe("The HTTP status; 200 where it is not stated"))),
  body: optional(string().check(describe("The whole body, white space around it aside"))),
  within: optional(duration.check(describe("How long one answer may take; 2s where it is not stated"))),
  successes: optional(atLeastOne.check(maximum(10), describe("How many right answers in a row it takes; 3 where it is not stated"))),
});

const endpoint = strictObject({
  url: string().check(
    regex(/^https?:\/\/[^/]+/, "expected a URL that begins with http:// or https://"),
    describe("What is asked; redirects are not followed"),
  ),
  host: optional(text.check(describe("The Host header, and the TLS server name"))),
  service: optional(text.check(describe("The service that answers there"))),
  expect: optional(expectation.check(describe("What a right answer is"))),
});

const alarm = strictObject({
  namespace: optional(text.check(describe("The namespace of the metric that it watches, such as AWS/RDS"))),
  metric: optional(text.check(describe("The metric that it watches"))),
  statistic: optional(text.check(describe("How a period is summed up: Average, Maximum, p99 …"))),
  comparison: optional(oneOf([">", ">=", "<", "<="]).check(describe("When it sounds: the metric, compared with the threshold"))),
  threshold: optional(number().check(describe("What the metric is compared with, in the metric's unit"))),
  period: optional(atLeastOne.check(describe("Seconds that are summed up into one value"))),
  evaluationPeriods: optional(atLeastOne.check(describe("How many periods are looked at"))),
});

const engineVersion = text.check(describe("The engine's version: of a database the least minor one, of a cache its beginning"));
const multiAz = boolean().check(describe("Whether another zone must be able to take over"));

const database = strictObject({
  engineVersion: optional(engineVersion),
  multiAz: optional(multiAz),
  backupRetentionDays: optional(count.check(describe("For how many days automatic backups are kept, at least"))),
});

const cache = strictObject({
  engineVersion: optional(engineVersion),
  nodes: optional(atLeastOne.check(describe("How many nodes it has"))),
  automaticFailover: optional(boolean().check(describe("Whether a replica takes over by itself"))),
  multiAz: optional(multiAz),
});

const waiver = strictObject({
  check: text.check(describe("The id of the check whose failure is accepted")),
  subject: text.check(describe("About which subject, exactly as the report names it")),
  reason: said.check(describe("Why that is acceptable for now")),
  owner: said.check(describe("Who answers for it")),
  expires: date.check(describe("The last day on which it counts, UTC")),
  glob: optional(boolean().check(describe("In the subject, * stands for anything"))),
  unknown: optional(boolean().check(describe("Accept not knowing as well"))),
});

const attestation = strictObject({
  title: said.check(describe("What somebody vouches for, as criteria name it")),
  by: said.check(describe("Who vouches for it")),
  on: date.check(describe("The day on which they did")),
  expires: date.check(describe("The last day on which their word counts, UTC")),
  evidence: optional(text.check(describe("Where it can be seen"))),
});

const criterion = strictObject({
  title: text.check(describe("What has to be so, in the words of the report")),
  checks: optional(names.check(describe("The ids of the checks that decide it"))),
  attestations: optional(names.check(describe("The titles of the attestations that it takes"))),
});

const perScene = strictObject({
  "post-deploy": optional(severity.check(describe("In seaworthy gate"))),
  "pre-scale-up": optional(severity.check(describe("In seaworthy checklist"))),
  "sign-off": optional(severity.check(describe("In seaworthy sign-off"))),
});

const network = strictObject({
  availabilityZones: optional(union([atLeastOne, names]).check(describe("How many zones the services must be spread over, or which"))),
  scheme: optional(oneOf(["internet-facing", "internal"]).check(describe("For whom the load balancer is"))),
});

const notifications = strictObject({
  topics: names.check(describe("Every alarm must notify one of these, and somebody must be subscribed")),
});

const terraform = strictObject({
  lockTable: optional(text.check(describe("The DynamoDB table that has the state's lock"))),
  state: optional(text.check(describe("Where the state is, as bucket/key"))),
});

const cost = strictObject({
  monthlyAtRest: number().check(minimum(0), describe("US dollars a month with nothing running; above it is a warning")),
});

const signOff = strictObject({
  sprint: optional(string().check(describe("Which sprint is signed off"))),
  track: optional(string().check(describe("Whose part of it"))),
  owner: optional(string().check(describe("Who signs"))),
  criteria: optional(array(criterion).check(describe("What has to be so for the sprint to be complete"))),
});

/** Everything that can be said of a deployment. An unknown key is an error, since a misspelt requirement would go unasked. */
export const configSchema = strictObject({
  deployment: text.check(describe("What reports call it")),
  region: optional(text.check(describe("The AWS region; else that of the environment"))),
  account: optional(string().check(regex(/^\d{12}$/, "expected twelve digits, in quotes"), describe("Refuse to judge any other account"))),
  cluster: text.check(describe("The name of the ECS cluster")),
  services: record(text, service).check(
    describe("The ECS services that make up the deployment, by name; where it is {}, all of the cluster"),
  ),
  secrets: optional(record(text, secret).check(describe("What secrets must hold, by name"))),
  endpoints: optional(record(text, endpoint).check(describe("Where the application must answer, under names of your own"))),
  alarms: optional(record(text, alarm).check(describe("The CloudWatch alarms that must exist, by name, and what is stated of them"))),
  notifications: optional(notifications.check(describe("Whom alarms must tell"))),
  dashboards: optional(names.check(describe("The CloudWatch dashboards that must exist"))),
  databases: optional(record(text, database).check(describe("The RDS databases that the services use, by identifier"))),
  caches: optional(record(text, cache).check(describe("The ElastiCache caches that the services use, by id"))),
  network: optional(network.check(describe("How the services must stand and be reached"))),
  terraform: optional(terraform.check(describe("Where Terraform keeps its state, to see whether it is locked"))),
  cost: optional(cost.check(describe("What it may cost"))),
  severity: optional(
    record(text, union([severity, perScene])).check(describe("What a check weighs instead, by id, in every scene or in one")),
  ),
  waivers: optional(array(waiver).check(describe("Failures that somebody accepts until a day"))),
  attestations: optional(array(attestation).check(describe("What no AWS call can tell, on somebody's word"))),
  signOff: optional(signOff.check(describe("What the sprint report says and asks besides"))),
  checks: optional(text.check(describe("A folder of your own checks and facts"))),
  history: optional(
    union([path, literal(false)]).check(
      describe("Where the history of runs is kept; .seaworthy/history.db where it is not stated; false keeps none"),
    ),
  ),
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
