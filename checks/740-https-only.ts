import { defineCheck, type Finding, fail, pass, sh, skip } from "../src/check.ts";
import { listeners } from "../src/facts/listeners.ts";
import { type Entrance, ruleText } from "../src/facts/routing.ts";
import { rules } from "../src/facts/rules.ts";
import { lowestVersion } from "../src/facts/tls-policies.ts";

const recommended = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

export default defineCheck({
  title: "Nothing is served in the open",
  why: "Passwords and sessions that travel in the open belong to everybody between the user and the load balancer.",
  severity: { "pre-scale-up": "advice", "post-deploy": "advice", "sign-off": "warning" },
  about: rules,
  needs: [listeners],
  none: skip("no service is behind a load balancer"),

  evaluate(entrance, facts) {
    const { protocol, arn, loadBalancer } = entrance;
    if (protocol === "HTTP") return inTheOpen(entrance);
    if (protocol !== "HTTPS" && protocol !== "TLS") return skip(`passes ${protocol} on as it comes: its targets decide what they speak`);
    const policy = facts.listeners.get(loadBalancer).listeners.find((one) => one.arn === arn)?.policy ?? null;
    const lowest = policy === null ? null : lowestVersion(policy);
    if (policy === null || lowest === null) return skip(`has a security policy whose versions of TLS are not known: ${policy ?? "none"}`);
    const evidence = { policy, lowest };
    if (lowest === "1.2" || lowest === "1.3") return pass(`speaks TLS ${lowest} and newer`, evidence);
    return fail(`still accepts TLS ${lowest}, by its policy ${policy}`, evidence, {
      do: "Choose a security policy that begins with TLS 1.2.",
      run: [sh`aws elbv2 modify-listener --listener-arn ${arn} --ssl-policy ${recommended}`],
    });
  },
});

function inTheOpen({ arn, rules: all }: Entrance): Finding {
  const evidence = { rules: all.map((rule) => `${ruleText(rule)}: ${rule.action.type}`) };
  const open = all.filter(({ action }) => action.type === "forward" || (action.type === "redirect" && action.protocol !== "HTTPS"));
  const redirects = all.some(({ action }) => action.type === "redirect");
  if (open.length === 0) return pass(redirects ? "sends everybody to HTTPS" : "leads to no service", evidence);
  const redirect = "Type=redirect,RedirectConfig={Protocol=HTTPS,Port=443,StatusCode=HTTP_301}";
  const run = open.map(({ arn: rule, priority }) =>
    priority === null
      ? sh`aws elbv2 modify-listener --listener-arn ${arn} --default-actions ${redirect}`
      : sh`aws elbv2 modify-rule --rule-arn ${rule} --actions ${redirect}`,
  );
  return fail(`serves in the open, by ${open.map(ruleText).join(" and ")}`, evidence, {
    do: "Add a listener for HTTPS that does the same, and let this one redirect to it.",
    run,
  });
}
