import { internet, sixthInternet } from "./cidr.ts";
import { both, type Decided } from "./decided.ts";
import { aclLets, aclOf, ephemeral, groupsLet, groupsNamed, groupsOpen, https, type Ports } from "./firewall.ts";
import type { NatGateway } from "./nat-gateways.ts";
import type { NetworkAcl } from "./network-acls.ts";
import type { Route, RouteTable } from "./route-tables.ts";
import { leads, routeTo, tableOf } from "./routes-out.ts";
import type { SecurityGroup } from "./security-groups.ts";
import type { Destination } from "./start-up.ts";
import type { Subnet } from "./subnets.ts";
import type { VpcEndpoint } from "./vpc-endpoints.ts";

/** All that descriptions tell of one network. */
export interface Ground {
  readonly vpc: string;
  readonly tables: readonly RouteTable[];
  readonly nats: readonly NatGateway[];
  /** The internet gateways that are attached. */
  readonly internets: readonly string[];
  readonly endpoints: readonly VpcEndpoint[];
  readonly groups: readonly SecurityGroup[];
  readonly acls: readonly NetworkAcl[];
}

/** Whose tasks want out: the account they are in, the ids of their security groups, whether they have public addresses. */
export interface Tasks {
  readonly account: string;
  readonly groups: readonly string[];
  readonly publicIp: boolean;
}

/** What stops packets, for sure. */
export type Fault =
  | { readonly kind: "group-out"; readonly group: string; readonly to: string | null }
  | { readonly kind: "group-in"; readonly group: string; readonly endpoint: string; readonly from: string }
  | { readonly kind: "acl"; readonly acl: string; readonly direction: "in" | "out"; readonly ports: Ports; readonly cidr: string }
  | { readonly kind: "nat-down"; readonly nat: string; readonly state: string; readonly failure: string | null }
  | { readonly kind: "nat-stranded"; readonly nat: string; readonly subnet: string; readonly table: RouteTable }
  | { readonly kind: "no-route"; readonly subnet: string; readonly table: RouteTable }
  | { readonly kind: "blackhole"; readonly subnet: string; readonly table: RouteTable; readonly via: string | null }
  | { readonly kind: "no-public-address"; readonly subnet: string; readonly via: string };

/** How packets get somewhere: through what, or what stops them; or what they wait for; or why that cannot be told. */
export type Way =
  | { readonly outcome: "open"; readonly through: string }
  | { readonly outcome: "closed"; readonly fault: Fault }
  | { readonly outcome: "opening"; readonly through: string }
  | { readonly outcome: "undecided"; readonly why: string };

const open = (through: string): Way => ({ outcome: "open", through });
const closed = (fault: Fault): Way => ({ outcome: "closed", fault });
const undecided = (why: string): Way => ({ outcome: "undecided", why });

/** How tasks in a subnet get to a destination. Closed is proven, and so is open but for the policies of endpoints. */
export function wayTo(destination: Destination, subnet: Subnet, tasks: Tasks, ground: Ground): Way {
  const groups = groupsNamed(tasks.groups, ground.groups);
  const [group] = groups ?? [];
  if (!groups || !group) return undecided("its security group is not there to be looked at");
  if (!groupsOpen(groups, "out", https)) return closed({ kind: "group-out", group: group.id, to: null });
  // https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html: those who share a network do not see all of it
  if (subnet.owner !== null && subnet.owner !== tasks.account) return undecided(`its network is shared by account ${subnet.owner}`);
  const table = tableOf(ground.tables, subnet.id);
  if (table === null) return undecided("its route table is not shown");

  const from: From = { subnet, table, group, groups, publicIp: tasks.publicIp, ground };
  const serving = ground.endpoints.filter((endpoint) => serves(endpoint, destination));
  const available = serving.filter(({ state }) => state === "available");
  // Its name leads there from everywhere in the network, whatever other ways there are.
  const named = available.find(({ type, privateDns, service }) => type === "Interface" && privateDns && !service.includes("fips"));
  if (named) return throughInterface(named, from);
  const gateway = available.find(({ type, routeTables }) => type === "Gateway" && routeTables.includes(table.id));
  if (gateway) return passing(gateway.id, from, table.routes.find(({ via }) => via === gateway.id)?.to);

  const way = throughDefault(from);
  if (way.outcome !== "closed" || way.fault.kind === "group-out" || way.fault.kind === "acl") return way;
  const [other] = serving.filter(({ type, state }) => type === "Interface" && state !== "closed");
  if (other?.state === "pending") return { outcome: "opening", through: `vpc-endpoint:${other.id}` };
  // A hosted zone of one's own may lead there.
  return other ? undecided(`${other.id} may serve it under a name that is not looked up here`) : way;
}

interface From {
  readonly subnet: Subnet;
  readonly table: RouteTable;
  /** The first of the groups, which a fault of all of them is laid upon. */
  readonly group: SecurityGroup;
  readonly groups: readonly SecurityGroup[];
  readonly publicIp: boolean;
  readonly ground: Ground;
}

/** Under its usual name or the one for FIPS. */
const serves = ({ service }: VpcEndpoint, { service: wanted, region }: Destination) =>
  wanted !== null && service.replace("-fips", "").endsWith(`.${region}.${wanted}`);

function throughInterface(endpoint: VpcEndpoint, { subnet, table, group, groups, ground }: From): Way {
  const network = table.routes.filter((route) => leads(route) === "local").map(({ to }) => to);
  const outward = agreed(network.map((cidr) => groupsLet(groups, "out", https, { cidr, groups: endpoint.securityGroups })));
  if (outward === "no") return closed({ kind: "group-out", group: group.id, to: endpoint.id });

  const doors = groupsNamed(endpoint.securityGroups, ground.groups);
  const [door] = doors ?? [];
  const cidr = subnet.cidr ?? subnet.ipv6 ?? "";
  const inward = doors === null || !door ? "undecided" : groupsLet(doors, "in", https, { cidr, groups: groups.map(({ id }) => id) });
  if (door && inward === "no") return closed({ kind: "group-in", group: door.id, endpoint: endpoint.id, from: group.id });

  const past = endpoint.subnets.includes(subnet.id) ? null : network.map((range) => stopped(subnet.id, ground, range));
  if (past?.every((stop) => stop !== null)) return past[0] ?? open(endpoint.id);
  if (both(outward, inward) === "undecided" || past?.some((stop) => stop !== null))
    return undecided(`what stands before ${endpoint.id} lets some through, and it is not told whom`);
  return open(endpoint.id);
}

function throughDefault(from: From): Way {
  const { subnet, table, publicIp, ground } = from;
  const route = routeTo(table, internet);
  const via = route?.via ?? "";
  // The names of AWS that tasks use have IPv4 addresses; some have others too.
  const sixth = subnet.ipv6 !== null && leads(routeTo(table, sixthInternet)) !== "nowhere";
  const unless = (fault: Fault) => (sixth ? undecided("it has a way out by IPv6, which may do") : closed(fault));

  switch (leads(route)) {
    case "nat":
      return throughNat(via, from);
    case "internet":
      if (!ground.internets.includes(via)) return unless({ kind: "blackhole", subnet: subnet.id, table, via });
      return publicIp ? passing(via, from) : unless({ kind: "no-public-address", subnet: subnet.id, via });
    case "nowhere": {
      if (route && via.startsWith("nat-")) return natDown(via, ground);
      if (route) return unless({ kind: "blackhole", subnet: subnet.id, table, via: route.via });
      const narrow = table.routes.find((one) => leads(one) !== "local" && leads(one) !== "nowhere" && !isGatewayEndpoint(one, ground));
      return narrow
        ? undecided(`it routes ${narrow.to} to ${narrow.via}, and the rest nowhere`)
        : unless({ kind: "no-route", subnet: subnet.id, table });
    }
    default:
      return undecided(`its default route leads to ${route?.via ?? "what AWS does not name"}, where it cannot be followed`);
  }
}

const isGatewayEndpoint = ({ via }: Route, { endpoints }: Ground) => endpoints.some(({ id, type }) => type === "Gateway" && id === via);

function natDown(id: string, { nats }: Ground): Way {
  const nat = nats.find((one) => one.id === id);
  return closed({ kind: "nat-down", nat: id, state: nat?.state ?? "gone", failure: nat?.failure ?? null });
}

function throughNat(id: string, from: From): Way {
  const { subnet, ground } = from;
  const nat = ground.nats.find((one) => one.id === id);
  if (!nat) return undecided(`${id} is not shown`);
  if (nat.state === "pending") return { outcome: "opening", through: `nat-gateway:${id}` };
  if (nat.state !== "available") return natDown(id, ground);
  if (!nat.public) return undecided(`${id} hides it from other private networks alone, where it cannot be followed`);
  // One that serves the whole network has routes of its own.
  // https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
  if (nat.subnet === null) return passing(id, from);

  const table = tableOf(ground.tables, nat.subnet);
  const route = table && routeTo(table, internet);
  const on = leads(route);
  if (table === null || on === "elsewhere" || on === "nat")
    return undecided(`${id} leads on to ${route?.via ?? "what is not shown"}, where it cannot be followed`);
  if (on !== "internet" || !ground.internets.includes(route?.via ?? ""))
    return closed({ kind: "nat-stranded", nat: id, subnet: nat.subnet, table });

  const acl = aclOf(ground.acls, nat.subnet);
  const inside = subnet.cidr;
  const within =
    acl && inside && nat.subnet !== subnet.id
      ? stop(acl, [
          ["in", https, inside],
          ["out", ephemeral, inside],
        ])
      : null;
  return within ?? stopped(nat.subnet, ground, internet) ?? passing(id, from);
}

/** Through the tasks' own security groups and network ACL to what has public addresses, perhaps those of a prefix list. */
function passing(through: string, { subnet, group, groups, ground }: From, prefixList?: string): Way {
  const out = groupsLet(groups, "out", https, { cidr: internet, ...(prefixList !== undefined && { prefixList }) });
  const sixth = subnet.ipv6 === null ? "no" : groupsLet(groups, "out", https, { cidr: sixthInternet });
  if (out === "no" && sixth === "no") return closed({ kind: "group-out", group: group.id, to: through });
  if (out !== "yes") return undecided("its security groups let it out to some addresses, and AWS's may be among them");
  return stopped(subnet.id, ground, internet) ?? open(through);
}

/** What a subnet's network ACL stops of the requests that leave it for some addresses, and of the answers. */
function stopped(subnet: string, { acls }: Ground, cidr: string): Way | null {
  const acl = aclOf(acls, subnet);
  if (acl === null) return undecided("its network ACL is not shown");
  return stop(acl, [
    ["out", https, cidr],
    ["in", ephemeral, cidr],
  ]);
}

function stop(acl: NetworkAcl, passages: readonly (readonly ["in" | "out", Ports, string])[]): Way | null {
  const answers = passages.map(([direction, ports, cidr]) => ({ direction, ports, cidr, lets: aclLets(acl, direction, ports, cidr) }));
  const denied = answers.find(({ lets }) => lets === "no");
  if (denied) return closed({ kind: "acl", acl: acl.id, direction: denied.direction, ports: denied.ports, cidr: denied.cidr });
  return answers.some(({ lets }) => lets === "undecided") ? undecided(`${acl.id} lets some of it through, and it is not told what`) : null;
}

/** Yes or no where all say so: that the endpoint is at one of these is all that is known. */
const agreed = (answers: readonly Decided[]): Decided => {
  const [first = "undecided"] = answers;
  return answers.every((one) => one === first) ? first : "undecided";
};
