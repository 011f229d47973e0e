import type { Route as SdkRoute } from "@aws-sdk/client-ec2";
import { defineFact, given, known, oneOf, type Reading } from "../fact.ts";
import { atOnce, inVpcs, standing, vpcsOf } from "./vpcs.ts";

/** Where packets for a destination go. */
export type Route = {
  /** A range of addresses, or the id of a prefix list. */
  readonly to: string;
  /** `local`, or the id of what they go through; null where AWS no longer says. */
  readonly via: string | null;
  /** A blackhole drops them: what they went through is gone. */
  readonly state: "active" | "blackhole" | "filtered";
};

/** A route table, with the subnets that are associated with it by name. The main one is for all others. */
export type RouteTable = {
  readonly id: string;
  readonly main: boolean;
  readonly subnets: readonly string[];
  readonly routes: readonly Route[];
};

/** The route tables of each network. */
export const routeTables = defineFact("routeTables", {
  kind: "vpc",
  calls: ["ec2:DescribeRouteTables"],
  needs: standing,
  batch: atOnce,
  subjects: vpcsOf,

  ask: ({ aws, subjects }) => aws.ec2.DescribeRouteTables({ Filters: inVpcs(subjects) }),

  read({ RouteTables }, { subject }): Reading<readonly RouteTable[]> {
    const own = given(RouteTables, "RouteTables").filter(({ VpcId }) => VpcId === subject);
    return known(
      own.map(({ RouteTableId, Associations = [], Routes = [] }) => {
        const held = Associations.filter(({ AssociationState }) => !/disassociat|failed/.test(AssociationState?.State ?? ""));
        return {
          id: given(RouteTableId, "RouteTableId"),
          main: held.some(({ Main }) => Main),
          subnets: held.flatMap(({ SubnetId }) => SubnetId ?? []),
          routes: Routes.map(route),
        };
      }),
    );
  },
});

function route(one: SdkRoute): Route {
  const via =
    one.GatewayId ??
    one.NatGatewayId ??
    one.TransitGatewayId ??
    one.VpcPeeringConnectionId ??
    one.NetworkInterfaceId ??
    one.InstanceId ??
    one.EgressOnlyInternetGatewayId ??
    one.LocalGatewayId ??
    one.CarrierGatewayId ??
    one.CoreNetworkArn ??
    one.OdbNetworkArn ??
    null;
  return {
    to: given(one.DestinationCidrBlock ?? one.DestinationIpv6CidrBlock ?? one.DestinationPrefixListId, "route destination"),
    via,
    state: oneOf(one.State, ["active", "blackhole", "filtered"]),
  };
}
