import type { IpPermission } from "@aws-sdk/client-ec2";
import { defineFact, given, known, type Reading } from "../fact.ts";
import { ipProtocol } from "./ip-protocols.ts";
import { atOnce, inVpcs, standing, vpcsOf } from "./vpcs.ts";

/** What a security group lets through: any of these peers, on these ports. */
export type GroupRule = {
  /** `tcp`, `udp`, `icmp`, a number, or `all`. */
  readonly protocol: string;
  /** The first and the last port; null where there are none, or all. */
  readonly ports: readonly [number, number] | null;
  readonly cidrs: readonly string[];
  readonly groups: readonly string[];
  readonly prefixLists: readonly string[];
};

/** A security group. It lets answers to what it let through come back. */
export type SecurityGroup = {
  readonly id: string;
  readonly name: string;
  readonly in: readonly GroupRule[];
  readonly out: readonly GroupRule[];
};

/** The security groups of each network. */
export const securityGroups = defineFact("securityGroups", {
  kind: "vpc",
  calls: ["ec2:DescribeSecurityGroups"],
  needs: standing,
  batch: atOnce,
  subjects: vpcsOf,

  ask: ({ aws, subjects }) => aws.ec2.DescribeSecurityGroups({ Filters: inVpcs(subjects) }),

  read({ SecurityGroups }, { subject }): Reading<readonly SecurityGroup[]> {
    const own = given(SecurityGroups, "SecurityGroups").filter(({ VpcId }) => VpcId === subject);
    return known(
      own.map(({ GroupId, GroupName, IpPermissions, IpPermissionsEgress }) => ({
        id: given(GroupId, "GroupId"),
        name: given(GroupName, "GroupName"),
        in: (IpPermissions ?? []).map(rule),
        out: (IpPermissionsEgress ?? []).map(rule),
      })),
    );
  },
});

function rule({ IpProtocol, FromPort, ToPort, IpRanges, Ipv6Ranges, UserIdGroupPairs, PrefixListIds }: IpPermission): GroupRule {
  const protocol = given(IpProtocol, "IpProtocol");
  const ranged = FromPort !== undefined && ToPort !== undefined && FromPort !== -1;
  return {
    protocol: ipProtocol(protocol),
    ports: ranged && protocol !== "-1" ? [FromPort, ToPort] : null,
    cidrs: [...(IpRanges ?? []).flatMap(({ CidrIp }) => CidrIp ?? []), ...(Ipv6Ranges ?? []).flatMap(({ CidrIpv6 }) => CidrIpv6 ?? [])],
    groups: (UserIdGroupPairs ?? []).flatMap(({ GroupId }) => GroupId ?? []),
    prefixLists: (PrefixListIds ?? []).flatMap(({ PrefixListId }) => PrefixListId ?? []),
  };
}
