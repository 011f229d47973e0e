import { defineFact, given, known, oneOf, type Reading } from "../fact.ts";
import { atOnce, inVpcs, standing, vpcsOf } from "./vpcs.ts";

/** A NAT gateway. AWS goes on telling of a deleted one for an hour. */
export type NatGateway = {
  readonly id: string;
  readonly state: "pending" | "failed" | "available" | "deleting" | "deleted";
  readonly failure: string | null;
  /** Null where it serves the whole network and stands in no subnet. */
  readonly subnet: string | null;
  /** Whether it hides what is behind it under a public address. */
  readonly public: boolean;
};

/** The NAT gateways of each network. */
export const natGateways = defineFact("natGateways", {
  kind: "vpc",
  calls: ["ec2:DescribeNatGateways"],
  needs: standing,
  batch: atOnce,
  volatile: true,
  subjects: vpcsOf,

  ask: ({ aws, subjects }) => aws.ec2.DescribeNatGateways({ Filter: inVpcs(subjects) }),

  read({ NatGateways }, { subject }): Reading<readonly NatGateway[]> {
    const own = given(NatGateways, "NatGateways").filter(({ VpcId }) => VpcId === subject);
    return known(
      own.map(({ NatGatewayId, State, FailureMessage, SubnetId, ConnectivityType }) => ({
        id: given(NatGatewayId, "NatGatewayId"),
        state: oneOf(State, ["pending", "failed", "available", "deleting", "deleted"]),
        failure: FailureMessage ?? null,
        subnet: SubnetId || null,
        public: oneOf(ConnectivityType ?? "public", ["public", "private"]) === "public",
      })),
    );
  },
});
