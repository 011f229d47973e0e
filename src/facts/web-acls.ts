import { defineFact, known, type Reading } from "../fact.ts";
import { loadBalancerName, loadBalancers } from "./load-balancers.ts";

/** The web ACL in front of each Application Load Balancer; other types take none. */
export const webAcls = defineFact("webAcls", {
  kind: "load-balancer",
  calls: ["wafv2:GetWebACLForResource"],
  // What is attached is shown only to whoever may see it. https://docs.aws.amazon.com/waf/latest/APIReference/API_GetWebACLForResource.html
  alsoNeeds: ["wafv2:GetWebACL"],
  needs: [loadBalancers],

  subjects: ({ facts }) => facts.loadBalancers.all().flatMap(({ type, arn }) => (type === "application" ? [arn] : [])),

  ask: ({ aws, subject }) => aws.wafv2.GetWebACLForResource({ ResourceArn: subject }),

  read: ({ WebACL }): Reading<{ readonly acl: string | null }> => known({ acl: WebACL?.Name ?? null }),

  name: loadBalancerName,
});
