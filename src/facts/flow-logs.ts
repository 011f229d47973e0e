import { defineFact, given, known, type Reading } from "../fact.ts";
import { atOnce, inVpcs, standing, vpcsOf } from "./vpcs.ts";

/** A record of the traffic of a network, or of one of its subnets. */
export type FlowLog = {
  readonly id: string;
  readonly resource: string;
  readonly active: boolean;
  readonly traffic: string | null;
  /** Why nothing is delivered; null where it is. */
  readonly failure: string | null;
};

/** The flow logs of each network and of the tasks' subnets in it. */
export const flowLogs = defineFact("flowLogs", {
  kind: "vpc",
  calls: ["ec2:DescribeFlowLogs"],
  needs: standing,
  batch: atOnce,
  subjects: vpcsOf,

  ask: ({ aws, subjects, facts }) => {
    const parts = facts.subnets.all().flatMap(({ id, vpc }) => (subjects.includes(vpc) ? [id] : []));
    return aws.ec2.DescribeFlowLogs({ Filter: inVpcs([...subjects, ...parts], "resource-id") });
  },

  read({ FlowLogs }, { subject, facts }): Reading<readonly FlowLog[]> {
    const own = new Set([subject, ...facts.subnets.all().flatMap(({ id, vpc }) => (vpc === subject ? [id] : []))]);
    return known(
      given(FlowLogs, "FlowLogs").flatMap(
        ({ FlowLogId, ResourceId, FlowLogStatus, TrafficType, DeliverLogsStatus, DeliverLogsErrorMessage }) =>
          own.has(ResourceId ?? "")
            ? [
                {
                  id: given(FlowLogId, "FlowLogId"),
                  resource: given(ResourceId, "ResourceId"),
                  active: FlowLogStatus === "ACTIVE",
                  traffic: TrafficType ?? null,
                  failure: DeliverLogsStatus === "FAILED" ? (DeliverLogsErrorMessage ?? "it does not say why") : null,
                },
              ]
            : [],
      ),
    );
  },
});
