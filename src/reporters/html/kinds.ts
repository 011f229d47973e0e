/** What people call a kind of thing, and where it stands in the picture. */
interface Kind {
  readonly one: string;
  readonly many: string;
  /** Kinds that it is shown as a part of, as long as nothing is wrong with it. */
  readonly within?: readonly string[];
  /** It is a part even when something is wrong with it: its owner's own words or place. */
  readonly always?: true;
  /** It watches others, or is told of them. */
  readonly watches?: true;
  readonly told?: true;
  /** How many of them, all alike, are shown as one. */
  readonly fold?: number;
}

/** From what users meet first, to what everything else rests on; who is further on is drawn further on. */
const kinds: Readonly<Record<string, Kind>> = {
  alarm: { one: "alarm", many: "alarms", fold: 2, watches: true },
  host: { one: "host", many: "hosts" },
  endpoint: { one: "endpoint", many: "endpoints" },
  tls: { one: "certificate", many: "certificates" },
  route: { one: "route", many: "routes" },
  listener: { one: "listener", many: "listeners" },
  "target-group": { one: "target group", many: "target groups" },
  targets: { one: "targets", many: "groups of targets", within: ["target-group"], always: true },
  target: { one: "target", many: "targets", within: ["target-group"], fold: 2 },
  service: { one: "service", many: "services" },
  "load-balancer": { one: "load balancer", many: "load balancers" },
  events: { one: "events", many: "events", within: ["service"], always: true },
  room: { one: "room to deploy", many: "rooms to deploy", within: ["service"] },
  container: { one: "container", many: "containers", within: ["service"], fold: 2 },
  deployment: { one: "deployment", many: "deployments", within: ["service"] },
  tasks: { one: "tasks", many: "groups of tasks" },
  task: { one: "task", many: "tasks", within: ["tasks"], fold: 2 },
  quota: { one: "quota", many: "quotas", fold: 2 },
  "task-definition": { one: "task definition", many: "task definitions" },
  dashboard: { one: "dashboard", many: "dashboards" },
  reference: { one: "reference", many: "references", within: ["task-definition"], fold: 2 },
  secret: { one: "secret", many: "secrets" },
  parameter: { one: "parameter", many: "parameters" },
  image: { one: "image", many: "images" },
  role: { one: "role", many: "roles" },
  "log-group": { one: "log group", many: "log groups" },
  database: { one: "database", many: "databases" },
  cache: { one: "cache", many: "caches" },
  store: { one: "data store", many: "data stores", within: ["database", "cache"], always: true },
  topic: { one: "topic", many: "topics", told: true },
  subnet: { one: "subnet", many: "subnets", fold: 2 },
  "security-group": { one: "security group", many: "security groups", fold: 2 },
  "nat-gateway": { one: "NAT gateway", many: "NAT gateways", fold: 2 },
  "network-acl": { one: "network ACL", many: "network ACLs", fold: 2 },
  vpc: { one: "VPC", many: "VPCs" },
  credentials: { one: "credentials", many: "credentials" },
  dns: { one: "DNS", many: "DNS" },
  "aws-config": { one: "AWS Config", many: "AWS Config" },
  guardduty: { one: "GuardDuty", many: "GuardDuty" },
  "terraform-lock": { one: "Terraform lock", many: "Terraform locks" },
};

const order = Object.keys(kinds);

/** The kind of a subject such as `secret:app`. */
export const kindOf = (subject: string): string => subject.slice(0, Math.max(subject.indexOf(":"), 0));

/** The name of a subject, without its kind. */
export const nameOf = (subject: string): string => subject.slice(subject.indexOf(":") + 1);

/** How a kind is shown; one that nobody has described stands for itself. */
export const shown = (kind: string): Kind => {
  const plain = kind.replaceAll("-", " ");
  return (Object.hasOwn(kinds, kind) ? kinds[kind] : undefined) ?? { one: plain, many: `${plain}s` };
};

/** How far from the user a kind stands. */
export const depthOf = (kind: string): number => (order.includes(kind) ? order.indexOf(kind) : order.length);

/** `1 alarm`, `3 alarms`. */
export const countOf = (count: number, kind: string): string => `${count} ${count === 1 ? shown(kind).one : shown(kind).many}`;
