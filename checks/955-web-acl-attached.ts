import { defineCheck, fail, pass, sh, skip } from "../src/check.ts";
import { loadBalancers } from "../src/facts/load-balancers.ts";
import { webAcls } from "../src/facts/web-acls.ts";

export default defineCheck({
  title: "A web ACL stands in front of the load balancer",
  why: "Bots that try stolen passwords all night are paid for, and one day one of them gets in.",
  severity: { "sign-off": "advice" },
  about: loadBalancers,
  needs: [webAcls],
  none: skip("no service is behind a load balancer"),

  evaluate({ type, scheme, arn }, facts) {
    if (type !== "application") return skip(`is a ${type} load balancer, which takes no web ACL`);
    if (scheme === "internal") return skip("is internal");
    const { acl } = facts.webAcls.get(arn);
    if (acl !== null) return pass(`is behind the web ACL ${acl}`, { acl });
    return fail(
      "has no web ACL",
      { acl },
      {
        do: "Create a web ACL with AWS's managed rules, and associate the load balancer with it.",
        run: [
          "aws wafv2 list-web-acls --scope REGIONAL",
          sh`aws wafv2 associate-web-acl --resource-arn ${arn} --web-acl-arn ${"<the ARN of the web ACL>"}`,
        ],
      },
    );
  },
});
