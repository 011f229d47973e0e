import type { NetworkAclEntry } from "@aws-sdk/client-ec2";
import { defineFact, given, known, oneOf, type Reading } from "../fact.ts";
import { ipProtocol } from "./ip-protocols.ts";
import { atOnce, inVpcs, standing, vpcsOf } from "./vpcs.ts";

/** A rule of a network ACL: the first that fits a packet decides. */
export type AclRule = {
  readonly number: number;
  readonly direction: "in" | "out";
  readonly allow: boolean;
  /** `tcp`, `udp`, a number, or `all`. */
  readonly protocol: string;
  /** The first and the last port; null where there are none, or all. */
  readonly ports: readonly [number, number] | null;
  readonly cidr: string;
};

/** A network ACL, with the subnets that it stands around. It knows of no answers: they too have to be let through. */
export type NetworkAcl = { readonly id: string; readonly subnets: readonly string[]; readonly rules: readonly AclRule[] };

/** The network ACLs of each network. */
export const networkAcls = defineFact("networkAcls", {
  kind: "vpc",
  calls: ["ec2:DescribeNetworkAcls"],
  needs: standing,
  batch: atOnce,
  subjects: vpcsOf,

  ask: ({ aws, subjects }) => aws.ec2.DescribeNetworkAcls({ Filters: inVpcs(subjects) }),

  read({ NetworkAcls }, { subject }): Reading<readonly NetworkAcl[]> {
    const own = given(NetworkAcls, "NetworkAcls").filter(({ VpcId }) => VpcId === subject);
    return known(
      own.map(({ NetworkAclId, Associations = [], Entries }) => ({
        id: given(NetworkAclId, "NetworkAclId"),
        subnets: Associations.flatMap(({ SubnetId }) => SubnetId ?? []),
        rules: given(Entries, "Entries")
          .map(rule)
          .toSorted((one, other) => one.number - other.number),
      })),
    );
  },
});

function rule({ RuleNumber, Egress, RuleAction, Protocol, PortRange, CidrBlock, Ipv6CidrBlock }: NetworkAclEntry): AclRule {
  const protocol = given(Protocol, "Protocol");
  const { From, To } = PortRange ?? {};
  return {
    number: given(RuleNumber, "RuleNumber"),
    direction: given(Egress, "Egress") ? "out" : "in",
    allow: oneOf(RuleAction, ["allow", "deny"]) === "allow",
    protocol: ipProtocol(protocol),
    ports: From === undefined || To === undefined ? null : [From, To],
    cidr: given(CidrBlock ?? Ipv6CidrBlock, "range of addresses"),
  };
}
