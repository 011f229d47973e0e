import { absent, defineFact, given, known, type Reading } from "../fact.ts";
import { services } from "./services.ts";

/** A subnet that tasks stand in. */
export type Subnet = {
  readonly id: string;
  readonly vpc: string;
  readonly zone: string;
  /** The account that it belongs to: another than the tasks' where the network is shared with them. */
  readonly owner: string | null;
  /** Its range of addresses; null where it has IPv6 alone. */
  readonly cidr: string | null;
  readonly ipv6: string | null;
  /** How many IPv4 addresses are free; null where it has none to give. */
  readonly free: number | null;
  readonly publicOnLaunch: boolean;
};

/** The subnets that the services name. */
export const subnets = defineFact("subnets", {
  kind: "subnet",
  calls: ["ec2:DescribeSubnets"],
  needs: [services],
  // A filter takes 200 values.
  batch: 200,
  volatile: true,

  subjects: ({ facts }) => facts.services.all().flatMap(({ network }) => network?.subnets ?? []),

  // By ids, one that is gone would fail them all.
  ask: ({ aws, subjects }) => aws.ec2.DescribeSubnets({ Filters: [{ Name: "subnet-id", Values: subjects }] }),

  read({ Subnets }, { subject }): Reading<Subnet> {
    const one = given(Subnets, "Subnets").find(({ SubnetId }) => SubnetId === subject);
    if (!one) return absent("there is no such subnet");
    // https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html: one that is IPv6-only has no CidrBlock
    const cidr = one.CidrBlock || null;
    const sixth = one.Ipv6CidrBlockAssociationSet?.find(({ Ipv6CidrBlockState }) => Ipv6CidrBlockState?.State === "associated");
    return known({
      id: subject,
      vpc: given(one.VpcId, "VpcId"),
      zone: given(one.AvailabilityZone, "AvailabilityZone"),
      owner: one.OwnerId ?? null,
      cidr,
      ipv6: sixth?.Ipv6CidrBlock ?? null,
      free: cidr === null ? null : given(one.AvailableIpAddressCount, "AvailableIpAddressCount"),
      publicOnLaunch: one.MapPublicIpOnLaunch ?? false,
    });
  },
});
