import { defineFact, given, known, oneOf, type Reading } from "../fact.ts";
import { atOnce, inVpcs, standing, vpcsOf } from "./vpcs.ts";

/** A door out of a network to one service of AWS. */
export type VpcEndpoint = {
  readonly id: string;
  /** `Interface` has addresses in subnets and security groups, `Gateway` stands in route tables; there are others. */
  readonly type: string;
  /** Such as `com.amazonaws.ap-southeast-2.ecr.api`. */
  readonly service: string;
  readonly state: "available" | "pending" | "closed";
  /** Whether the service's own name leads to it, from the whole network. */
  readonly privateDns: boolean;
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  readonly routeTables: readonly string[];
};

const states = ["available", "pending", "pendingacceptance", "partial", "deleting", "deleted", "rejected", "failed", "expired"] as const;

/** The endpoints of each network. */
export const vpcEndpoints = defineFact("vpcEndpoints", {
  kind: "vpc",
  calls: ["ec2:DescribeVpcEndpoints"],
  needs: standing,
  batch: atOnce,
  volatile: true,
  subjects: vpcsOf,

  ask: ({ aws, subjects }) => aws.ec2.DescribeVpcEndpoints({ Filters: inVpcs(subjects) }),

  read({ VpcEndpoints }, { subject }): Reading<readonly VpcEndpoint[]> {
    const own = given(VpcEndpoints, "VpcEndpoints").filter(({ VpcId }) => VpcId === subject);
    return known(
      own.map((one) => {
        // EC2 writes states with a small letter, its documentation with a capital.
        const state = oneOf(one.State?.toLowerCase(), states);
        return {
          id: given(one.VpcEndpointId, "VpcEndpointId"),
          type: given(one.VpcEndpointType, "VpcEndpointType"),
          service: one.ServiceName ?? "",
          state: state === "partial" ? "available" : state.startsWith("pending") ? "pending" : state === "available" ? state : "closed",
          // https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html#private-dns: for callers from outside alone
          privateDns: (one.PrivateDnsEnabled ?? false) && !one.DnsOptions?.PrivateDnsOnlyForInboundResolverEndpoint,
          subnets: one.SubnetIds ?? [],
          securityGroups: (one.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
          routeTables: one.RouteTableIds ?? [],
        };
      }),
    );
  },
});
