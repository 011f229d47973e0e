import { defineFact, given, known, type Reading } from "../fact.ts";
import { atOnce, inVpcs, standing, vpcsOf } from "./vpcs.ts";

/** The public IPv4 addresses in each network, but for those that tasks have and give back. Each costs by the hour. */
export const publicAddresses = defineFact("publicAddresses", {
  kind: "vpc",
  calls: ["ec2:DescribeNetworkInterfaces"],
  needs: standing,
  batch: atOnce,
  subjects: vpcsOf,

  ask: ({ aws, subjects }) => aws.ec2.DescribeNetworkInterfaces({ Filters: inVpcs(subjects) }),

  read({ NetworkInterfaces }, { subject }): Reading<{ readonly addresses: readonly string[] }> {
    const own = given(NetworkInterfaces, "NetworkInterfaces").filter(
      ({ VpcId, Description = "" }) => VpcId === subject && !isTask(Description),
    );
    // A NAT gateway may have several on one interface; the first is told twice.
    const addresses = own.flatMap(({ Association, PrivateIpAddresses = [] }) =>
      [Association, ...PrivateIpAddresses.map((one) => one.Association)].flatMap((association) => association?.PublicIp ?? []),
    );
    return known({ addresses: [...new Set(addresses)].sort() });
  },
});

const isTask = (description: string) => /^arn:[^:]+:ecs:[^:]*:\d*:attachment\//.test(description);
