import { defineFact, given, known, oneOf, type Reading, unknown } from "../fact.ts";
import { targetGroups } from "./target-groups.ts";

/** A load balancer. `dns` is the name that leads to it; `zones` are those that it stands in. */
export type LoadBalancer = {
  readonly name: string;
  readonly arn: string;
  readonly dns: string | null;
  readonly state: "active" | "active_impaired" | "provisioning" | "failed";
  readonly stateReason: string | null;
  readonly type: "application" | "network" | "gateway";
  readonly scheme: "internet-facing" | "internal" | null;
  readonly vpc: string | null;
  readonly zones: readonly string[];
  readonly subnets: readonly string[];
  /** None where it is a Network Load Balancer that was made without. */
  readonly securityGroups: readonly string[];
};

/** The load balancers that lead to the services' target groups. */
export const loadBalancers = defineFact("loadBalancers", {
  kind: "load-balancer",
  calls: ["elasticloadbalancing:DescribeLoadBalancers"],
  needs: [targetGroups],
  batch: 20,
  volatile: true,
  absentOn: ["LoadBalancerNotFoundException"],

  subjects: ({ facts }) => facts.targetGroups.all().flatMap((group) => group.loadBalancers),

  ask: ({ aws, subjects }) => aws.elasticloadbalancing.DescribeLoadBalancers({ LoadBalancerArns: subjects }),

  read({ LoadBalancers = [] }, { subject }): Reading<LoadBalancer> {
    const one = LoadBalancers.find(({ LoadBalancerArn }) => LoadBalancerArn === subject);
    if (!one) return unknown("invalid", "AWS answered and did not mention it");
    return known({
      name: given(one.LoadBalancerName, "LoadBalancerName"),
      arn: subject,
      dns: one.DNSName ?? null,
      state: oneOf(one.State?.Code, ["active", "active_impaired", "provisioning", "failed"]),
      stateReason: one.State?.Reason ?? null,
      type: oneOf(one.Type, ["application", "network", "gateway"]),
      scheme: one.Scheme === undefined ? null : oneOf(one.Scheme, ["internet-facing", "internal"]),
      vpc: one.VpcId ?? null,
      zones: given(one.AvailabilityZones, "AvailabilityZones").map(({ ZoneName }) => given(ZoneName, "ZoneName")),
      subnets: (one.AvailabilityZones ?? []).flatMap(({ SubnetId }) => SubnetId ?? []),
      securityGroups: one.SecurityGroups ?? [],
    });
  },

  name: loadBalancerName,
});

/** The name in the ARN of a load balancer or of one of its listeners. */
export function loadBalancerName(arn: string): string {
  return arn.split("/")[2] ?? arn;
}
