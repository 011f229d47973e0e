import type { TargetHealthDescription } from "@aws-sdk/client-elastic-load-balancing-v2";
import { defineFact, given, known, type Link, oneOf, type Reading, unknown } from "../fact.ts";
import { services } from "./services.ts";
import { groupsOf, registering, targetGroupName } from "./target-groups.ts";

/** One registered target, and why it is in its state. `id` is an address, or the id of an instance. */
export type Target = {
  readonly id: string;
  readonly port: number;
  /** Null where AWS does not say, or says all of them. */
  readonly zone: string | null;
  readonly state: "healthy" | "initial" | "draining" | "unhealthy.draining" | "unhealthy" | "unused";
  readonly reason: string | null;
  readonly description: string | null;
};

/** The targets of one target group, and the services that register them. */
export type TargetHealth = { readonly arn: string; readonly services: readonly string[]; readonly targets: readonly Target[] };

/**
 * The targets of the services' target groups, both of a blue/green pair.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html#target-health-states
 */
export const targetHealth = defineFact("targetHealth", {
  kind: "target-group",
  calls: ["elasticloadbalancing:DescribeTargetHealth"],
  needs: [services],
  volatile: true,
  absentOn: ["TargetGroupNotFoundException"],

  subjects: ({ facts }) => facts.services.all().flatMap(groupsOf),

  ask: ({ aws, subject }) => aws.elasticloadbalancing.DescribeTargetHealth({ TargetGroupArn: subject }),

  read({ TargetHealthDescriptions }, { subject, facts }): Reading<TargetHealth> {
    const described = given(TargetHealthDescriptions, "TargetHealthDescriptions");
    // AWS itself does not know: what is unavailable is neither healthy nor unhealthy.
    const unsaid = described.find(({ TargetHealth }) => TargetHealth?.State === "unavailable");
    if (unsaid) {
      const { Reason = "no reason", Description = Reason } = unsaid.TargetHealth ?? {};
      return unknown(
        Reason === "Elb.InternalError" ? "network" : "invalid",
        `the health of ${idOf(unsaid)} is unavailable: ${Description}`,
      );
    }
    return known({ arn: subject, services: registering(facts.services.all(), subject), targets: described.map(read) });
  },

  name: targetGroupName,

  links: ({ services: names, targets }, name) => [
    ...names.map((service): Link => [`target-group:${name}`, `service:${service}`]),
    // Those whom a group serves lean on its targets; not the group itself, which may be what its targets suffer from.
    ...names.map((service): Link => [`traffic:${service}`, `targets:${name}`]),
    ...targets.map((target): Link => [`targets:${name}`, targetSubject(name, target)]),
  ],
});

/** How findings name a target. */
export const targetSubject = (group: string, { id, port }: Pick<Target, "id" | "port">) => `target:${group}/${id}:${port}`;

/** Whether a target is on its way out. */
export const isDraining = ({ state }: Pick<Target, "state">) => state === "draining" || state === "unhealthy.draining";

const idOf = ({ Target }: TargetHealthDescription) => given(Target?.Id, "target id");

function read(description: TargetHealthDescription): Target {
  const { Target, TargetHealth } = description;
  const zone = Target?.AvailabilityZone;
  return {
    id: idOf(description),
    port: given(Target?.Port, "target port"),
    zone: zone === undefined || zone === "all" ? null : zone,
    state: oneOf(TargetHealth?.State, ["healthy", "initial", "draining", "unhealthy.draining", "unhealthy", "unused"]),
    reason: TargetHealth?.Reason ?? null,
    description: TargetHealth?.Description ?? null,
  };
}
