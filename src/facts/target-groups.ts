import { defineFact, given, known, type Link, oneOf, type Reading, unknown } from "../fact.ts";
import { type Attachment, type Service, services } from "./services.ts";

const protocols = ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC", "GENEVE"] as const;

/** A protocol that load balancers speak. */
export type Protocol = (typeof protocols)[number];

/** A target group: who registers with it, which load balancers lead to it (by ARN), and how it checks its targets. Times are seconds. */
export type TargetGroup = {
  readonly name: string;
  readonly arn: string;
  readonly services: readonly string[];
  readonly loadBalancers: readonly string[];
  readonly type: "instance" | "ip" | "lambda" | "alb";
  readonly protocol: Protocol | null;
  readonly protocolVersion: "HTTP1" | "HTTP2" | "GRPC" | null;
  readonly healthCheck: {
    readonly enabled: boolean;
    readonly protocol: Protocol | null;
    /** `traffic-port`, or a number. */
    readonly port: string;
    readonly path: string | null;
    /** HTTP statuses such as `200,301-302`; null where success is no HTTP status. */
    readonly statuses: string | null;
    readonly interval: number;
    readonly healthyThreshold: number;
  };
};

/** The target groups that the services register with, both of a blue/green pair. */
export const targetGroups = defineFact("targetGroups", {
  kind: "target-group",
  calls: ["elasticloadbalancing:DescribeTargetGroups"],
  needs: [services],
  batch: 20,
  absentOn: ["TargetGroupNotFoundException"],

  subjects: ({ facts }) => facts.services.all().flatMap(groupsOf),

  ask: ({ aws, subjects }) => aws.elasticloadbalancing.DescribeTargetGroups({ TargetGroupArns: subjects }),

  read({ TargetGroups = [] }, { subject, facts }): Reading<TargetGroup> {
    const group = TargetGroups.find(({ TargetGroupArn }) => TargetGroupArn === subject);
    if (!group) return unknown("invalid", "AWS answered and did not mention it");
    const { HealthCheckProtocol, HealthCheckPath, Matcher, Protocol: protocol, ProtocolVersion: version } = group;
    return known({
      name: given(group.TargetGroupName, "TargetGroupName"),
      arn: subject,
      services: registering(facts.services.all(), subject),
      loadBalancers: given(group.LoadBalancerArns, "LoadBalancerArns"),
      type: oneOf(group.TargetType, ["instance", "ip", "lambda", "alb"]),
      protocol: protocol === undefined ? null : oneOf(protocol, protocols),
      protocolVersion: version === undefined ? null : oneOf(version, ["HTTP1", "HTTP2", "GRPC"]),
      healthCheck: {
        enabled: given(group.HealthCheckEnabled, "HealthCheckEnabled"),
        protocol: HealthCheckProtocol === undefined ? null : oneOf(HealthCheckProtocol, protocols),
        port: group.HealthCheckPort ?? "traffic-port",
        path: HealthCheckPath ?? null,
        statuses: Matcher?.HttpCode ?? null,
        interval: given(group.HealthCheckIntervalSeconds, "HealthCheckIntervalSeconds"),
        healthyThreshold: given(group.HealthyThresholdCount, "HealthyThresholdCount"),
      },
    });
  },

  name: targetGroupName,

  links: ({ services: names, loadBalancers }, name) => [
    ...names.map((service): Link => [`target-group:${name}`, `service:${service}`]),
    ...loadBalancers.map((arn): Link => [`target-group:${name}`, `load-balancer:${arn}`]),
  ],
});

/** The name in a target group's ARN. */
export function targetGroupName(arn: string): string {
  return arn.split("/").at(-2) ?? arn;
}

/** The target groups that a service registers with, by ARN. */
export const groupsOf = ({ attachments }: Pick<Service, "attachments">): readonly string[] => [
  ...new Set(attachments.flatMap(({ targetGroup, alternate }) => (alternate ? [targetGroup, alternate] : [targetGroup]))),
];

/** The names of the services that register with a target group. */
export const registering = (all: readonly Service[], arn: string): readonly string[] =>
  all.filter((service) => groupsOf(service).includes(arn)).map(({ name }) => name);

/** How services register with a target group, as the first or the other one of a pair. */
export const attachmentsTo = (arn: string, all: readonly Pick<Service, "attachments">[]): readonly Attachment[] =>
  all.flatMap(({ attachments }) => attachments.filter(({ targetGroup, alternate }) => targetGroup === arn || alternate === arn));

/** The target groups that serve together with one, by ARN: `first` is the one that is judged for all. */
export function pairOf(
  arn: string,
  all: readonly Pick<Service, "attachments">[],
): { readonly first: string; readonly others: readonly string[] } {
  const attached = attachmentsTo(arn, all);
  const first = attached.find(({ targetGroup }) => targetGroup !== arn)?.targetGroup ?? arn;
  return { first, others: [...new Set(attached.flatMap(({ alternate }) => alternate ?? []))] };
}
