import { expect, test } from "vitest";
import { internet } from "./cidr.ts";
import type { Decided } from "./decided.ts";
import { aclLets, aclOf, ephemeral, groupsLet, groupsNamed, groupsOpen, https, type Peer, type Ports } from "./firewall.ts";
import type { AclRule, NetworkAcl } from "./network-acls.ts";
import type { GroupRule, SecurityGroup } from "./security-groups.ts";

const rule = (more: Partial<GroupRule>): GroupRule => ({ protocol: "tcp", ports: https, cidrs: [], groups: [], prefixLists: [], ...more });
const group = (id: string, rules: readonly GroupRule[], name = id): SecurityGroup => ({ id, name, in: rules, out: rules });

test.each<[string, Partial<GroupRule>, Peer, Decided]>([
  ["everybody", { cidrs: [internet] }, { cidr: "10.0.11.0/24" }, "yes"],
  ["every protocol", { protocol: "all", ports: null, cidrs: [internet] }, { cidr: "10.0.11.0/24" }, "yes"],
  ["the peer's group", { groups: ["sg-peer"] }, { cidr: "10.0.11.0/24", groups: ["sg-peer"] }, "yes"],
  ["another group", { groups: ["sg-other"] }, { cidr: "10.0.11.0/24", groups: ["sg-peer"] }, "no"],
  ["another port", { ports: [80, 80], cidrs: [internet] }, { cidr: "10.0.11.0/24" }, "no"],
  ["another protocol", { protocol: "udp", cidrs: [internet] }, { cidr: "10.0.11.0/24" }, "no"],
  ["a part of the peer's range", { cidrs: ["10.0.11.0/25"] }, { cidr: "10.0.11.0/24" }, "undecided"],
  ["a prefix list", { prefixLists: ["pl-1"] }, { cidr: "10.0.11.0/24" }, "undecided"],
  ["the prefix list of the peer", { prefixLists: ["pl-1"] }, { cidr: internet, prefixList: "pl-1" }, "yes"],
  ["private networks, of the internet", { cidrs: ["10.0.0.0/8"] }, { cidr: internet }, "no"],
  ["some of the internet", { cidrs: ["52.94.0.0/16"] }, { cidr: internet }, "undecided"],
  ["everybody who speaks IPv6", { cidrs: ["::/0"] }, { cidr: "10.0.11.0/24" }, "no"],
])("a security group that lets through %s", (_what, own, peer, answer) => {
  expect(groupsLet([group("sg-1", []), group("sg-2", [rule(own)])], "out", https, peer)).toBe(answer);
});

test("groups are open where any rule is, to whomever", () => {
  expect(groupsOpen([group("sg-1", [rule({ groups: ["sg-9"] })])], "in", https)).toBe(true);
  expect(groupsOpen([group("sg-1", [rule({ ports: [80, 442] })])], "in", https)).toBe(false);
});

test("what names no security group is in the default one, and what names one that is gone in none that is known", () => {
  const all = [group("sg-1", [], "tasks"), group("sg-2", [], "default")];
  expect(groupsNamed([], all)).toEqual([all[1]]);
  expect(groupsNamed(["sg-1", "sg-1"], all)).toEqual([all[0]]);
  expect(groupsNamed(["sg-1", "sg-gone"], all)).toBeNull();
});

const line = (number: number, allow: boolean, cidr: string, ports: Ports | null = null): AclRule => ({
  ...{ number, allow, cidr, ports, direction: "in", protocol: ports ? "tcp" : "all" },
});

test.each<[string, readonly AclRule[], Ports, string, Decided]>([
  ["its first rule allows all", [line(100, true, internet), line(32767, false, internet)], https, "10.0.0.0/16", "yes"],
  ["its first rule denies all", [line(90, false, internet), line(100, true, internet)], https, "10.0.0.0/16", "no"],
  ["it has no rule", [], https, "10.0.0.0/16", "no"],
  ["it allows other ports alone", [line(100, true, internet, [80, 80])], https, internet, "no"],
  ["it allows the clients' ports and more", [line(100, true, internet, [1024, 65535])], ephemeral, internet, "yes"],
  ["it denies one port of others before", [line(90, false, internet, [22, 22]), line(100, true, internet)], ephemeral, internet, "yes"],
  ["it denies one address before", [line(90, false, "203.0.113.7/32"), line(100, true, internet)], https, internet, "undecided"],
  ["it denies private addresses before", [line(90, false, "10.0.0.0/8"), line(100, true, internet)], https, internet, "yes"],
  ["it allows a part of the range alone", [line(100, true, "10.0.11.0/25")], https, "10.0.11.0/24", "undecided"],
  ["it allows private addresses alone", [line(100, true, "10.0.0.0/16"), line(32767, false, internet)], ephemeral, internet, "no"],
])("a network ACL, where %s", (_what, rules, ports, cidr, answer) => {
  const acl: NetworkAcl = { id: "acl-1", subnets: ["subnet-1"], rules };
  expect(aclLets(acl, "in", ports, cidr)).toBe(answer);
  expect(aclLets(acl, "out", ports, cidr)).toBe("no");
});

test("a subnet has the network ACL that names it", () => {
  const acl: NetworkAcl = { id: "acl-1", subnets: ["subnet-1"], rules: [] };
  expect([aclOf([acl], "subnet-1"), aclOf([acl], "subnet-2")]).toEqual([acl, null]);
});
