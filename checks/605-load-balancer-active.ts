import { defineCheck, fail, pass, pending, presence, sh, skip } from "../src/check.ts";
import { listeners } from "../src/facts/listeners.ts";
import { loadBalancers } from "../src/facts/load-balancers.ts";

export default defineCheck({
  title: "Every load balancer exists and serves",
  why: "Nobody reaches a service whose front door is not there.",
  severity: "blocker",
  about: presence(loadBalancers),
  accountsFor: [loadBalancers, listeners],
  breaks: true,
  none: skip("no service is behind a load balancer"),

  evaluate(balancer, _facts, { name }) {
    const look = sh`aws elbv2 describe-load-balancers --names ${name}`;
    if (balancer.state === "absent")
      return fail("does not exist", { why: balancer.why }, { do: "Create the load balancer again, with its listeners.", run: [look] });

    const { state, stateReason, type, scheme, dns } = balancer.value;
    const evidence = { state, stateReason, type, scheme, dns };
    const because = stateReason ? `: ${stateReason}` : "";
    if (state === "provisioning") return pending("is still being provisioned", evidence);
    if (state === "failed")
      return fail(`has failed to be set up${because}`, evidence, { do: "Mend what the reason names, or create it again.", run: [look] });
    return pass(state === "active" ? "is active" : `serves, though it is impaired${because}`, evidence);
  },
});
