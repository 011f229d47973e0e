import { absent, defineFact, given, known, type Reading } from "../fact.ts";

/** Between how many tasks auto-scaling keeps a service, and which of its ways to change their number are suspended. */
export type ScalableTarget = {
  readonly min: number;
  readonly max: number;
  readonly suspended: { readonly in: boolean; readonly out: boolean; readonly scheduled: boolean };
};

/** What Application Auto Scaling does with each service. */
export const scalableTargets = defineFact("scalableTargets", {
  kind: "service",
  calls: ["application-autoscaling:DescribeScalableTargets"],
  batch: 50,
  volatile: true,

  subjects: ({ config }) => Object.keys(config.services),

  ask: ({ aws, subjects, config }) =>
    aws["application-autoscaling"].DescribeScalableTargets({
      ServiceNamespace: "ecs",
      ResourceIds: subjects.map((name) => resourceId(config.cluster, name)),
    }),

  read({ ScalableTargets }, { subject, config }): Reading<ScalableTarget> {
    const id = resourceId(config.cluster, subject);
    const target = given(ScalableTargets, "ScalableTargets").find(({ ResourceId }) => ResourceId === id);
    if (!target) return absent("auto-scaling knows no such service");
    const { DynamicScalingInSuspended, DynamicScalingOutSuspended, ScheduledScalingSuspended } = target.SuspendedState ?? {};
    return known({
      min: given(target.MinCapacity, "MinCapacity"),
      max: given(target.MaxCapacity, "MaxCapacity"),
      suspended: {
        in: DynamicScalingInSuspended ?? false,
        out: DynamicScalingOutSuspended ?? false,
        scheduled: ScheduledScalingSuspended ?? false,
      },
    });
  },
});

/** As Application Auto Scaling calls a service, whose cluster may be given by name or ARN. */
export const resourceId = (cluster: string, service: string): string => `service/${cluster.split("/").at(-1)}/${service}`;
