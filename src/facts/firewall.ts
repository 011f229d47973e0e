import { covers, internet, isInternal, overlaps, sixthInternet } from "./cidr.ts";
import { type Decided, either } from "./decided.ts";
import type { AclRule, NetworkAcl } from "./network-acls.ts";
import type { GroupRule, SecurityGroup } from "./security-groups.ts";

/** Who is at the other end: at any of these addresses, with network interfaces in these security groups. */
export interface Peer {
  readonly cidr: string;
  readonly groups?: readonly string[];
  /** A prefix list that is known to hold those addresses. */
  readonly prefixList?: string;
}

/** A first and a last port. */
export type Ports = readonly [first: number, last: number];
/** The port of HTTPS. */
export const https: Ports = [443, 443];
/** The ports that clients choose for themselves; those of Linux, which every other system's have in common.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports */
export const ephemeral: Ports = [32_768, 60_999];

/** The groups of something, by id. Without any it is in the network's default one. Null where one of them is not there. */
export function groupsNamed(ids: readonly string[], all: readonly SecurityGroup[]): readonly SecurityGroup[] | null {
  if (ids.length === 0) return all.filter(({ name }) => name === "default");
  const found = all.filter(({ id }) => ids.includes(id));
  return found.length === new Set(ids).size ? found : null;
}

/**
 * Whether any of these security groups lets TCP through to a peer, or in from one. Who is behind a prefix list is not known here.
 * Answers come back by themselves.
 */
export function groupsLet(groups: readonly SecurityGroup[], direction: "in" | "out", ports: Ports, peer: Peer): Decided {
  const rules = groups.flatMap((group) => group[direction]).filter(({ protocol, ports: own }) => isTcp(protocol) && spans(own, ports));
  return either("no", ...rules.map((rule) => ruleLets(rule, peer)));
}

/** Whether any rule at all lets TCP through on these ports, to or from whomever. */
export const groupsOpen = (groups: readonly SecurityGroup[], direction: "in" | "out", ports: Ports): boolean =>
  groups.some((group) => group[direction].some(({ protocol, ports: own }) => isTcp(protocol) && spans(own, ports)));

/** Whether a network ACL lets TCP pass. The first rule that fits decides; what none fits is denied. */
export function aclLets({ rules }: NetworkAcl, direction: "in" | "out", ports: Ports, cidr: string): Decided {
  const met = new Set<boolean>();
  for (const rule of rules) {
    if (rule.direction !== direction || !isTcp(rule.protocol) || !meets(rule, ports, cidr)) continue;
    met.add(rule.allow);
    if (spans(rule.ports, ports) && covers(rule.cidr, cidr)) break;
  }
  // Where rules of both kinds meet parts of it, which of them meets the packet is not known.
  if (met.size > 1) return "undecided";
  return met.has(true) ? coveredBy(rules, direction, ports, cidr) : "no";
}

/** The ACL that stands around a subnet. Null where it is another account's, and not shown. */
export const aclOf = (acls: readonly NetworkAcl[], subnet: string): NetworkAcl | null =>
  acls.find(({ subnets }) => subnets.includes(subnet)) ?? null;

const isTcp = (protocol: string) => protocol === "tcp" || protocol === "all";

function ruleLets({ cidrs, groups, prefixLists }: GroupRule, { cidr, groups: own = [], prefixList = "" }: Peer): Decided {
  if (prefixLists.includes(prefixList)) return "yes";
  if (groups.some((group) => own.includes(group)) || cidrs.some((range) => covers(range, cidr))) return "yes";
  return prefixLists.length > 0 || cidrs.some((range) => touches(range, cidr)) ? "undecided" : "no";
}

/** One rule that lets all of it through proves it; several that let parts through do not. */
const coveredBy = (rules: readonly AclRule[], direction: "in" | "out", ports: Ports, cidr: string): Decided =>
  rules.some(
    (rule) => rule.direction === direction && rule.allow && isTcp(rule.protocol) && spans(rule.ports, ports) && covers(rule.cidr, cidr),
  )
    ? "yes"
    : "undecided";

const meets = (rule: AclRule, [first, last]: Ports, cidr: string) =>
  touches(rule.cidr, cidr) && (rule.ports === null || (rule.ports[0] <= last && first <= rule.ports[1]));

const spans = (own: Ports | null, [first, last]: Ports) => own === null || (own[0] <= first && last <= own[1]);

/** Nothing on the internet has an address of an internal network. */
const touches = (range: string, cidr: string) =>
  overlaps(range, cidr) && !((cidr === internet || cidr === sixthInternet) && isInternal(range));
