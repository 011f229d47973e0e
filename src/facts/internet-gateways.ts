import { defineFact, given, known, type Reading } from "../fact.ts";
import { atOnce, inVpcs, standing, vpcsOf } from "./vpcs.ts";

/** The ids of the internet gateways that are attached to each network: one at the most. */
export const internetGateways = defineFact("internetGateways", {
  kind: "vpc",
  calls: ["ec2:DescribeInternetGateways"],
  needs: standing,
  batch: atOnce,
  subjects: vpcsOf,

  ask: ({ aws, subjects }) => aws.ec2.DescribeInternetGateways({ Filters: inVpcs(subjects, "attachment.vpc-id") }),

  read({ InternetGateways }, { subject }): Reading<readonly string[]> {
    // EC2 says "available" of what its documentation calls attached.
    const attached = given(InternetGateways, "InternetGateways").filter(({ Attachments = [] }) =>
      Attachments.some(({ VpcId, State }) => VpcId === subject && !/^detach/.test(State ?? "")),
    );
    return known(attached.map(({ InternetGatewayId }) => given(InternetGatewayId, "InternetGatewayId")));
  },
});
