import { type Fix, sh } from "../check.ts";
import { meets, type Route, ruleText, type Step, shareOf, urlOf } from "../facts/routing.ts";
import { targetGroupName } from "../facts/target-groups.ts";

/** How a way leads to a service, with what may take a request off it. */
export function leading(steps: readonly Step[], share: number, own: readonly string[]): string {
  const rivals = steps.flatMap(({ undecided }) => undecided.filter((rule) => shareOf(own, rule) === 0).map(ruleText));
  const some = share < 100 ? ` for ${Number(share.toFixed(1))} % of requests` : "";
  const login = steps.some(({ rule }) => rule.action.authenticates) ? ", behind a login" : "";
  const unless = rivals.length > 0 ? `, unless ${rivals.join(" or ")} takes the request` : "";
  return `leads to ${own.map(targetGroupName).join(" or ")}${some}${login}${unless}`;
}

/** A later rule that would lead there, if the one that takes the request did not. */
const shadowed = ({ request, at, rule: taker }: Step, own: readonly string[]) =>
  at.rules.slice(at.rules.indexOf(taker) + 1).find((rule) => shareOf(own, rule) > 0 && meets(request, rule) !== "no");

/** Where a way ends that does not lead to the service. */
export function endOf({ steps, end }: Route, own: readonly string[]): string {
  if (end.to === "nobody") return `meets no listener at ${urlOf(end.request)}`;
  if (end.to === "elsewhere") return `is redirected to ${urlOf(end.request)}, where no rule of this load balancer waits for it`;
  if (end.to === "circle") return `is redirected in a circle, by way of ${urlOf(end.request)}`;
  const last = steps.at(-1);
  const by = last ? `${ruleText(last.rule)} of ${last.at.name}` : "nobody";
  const later = last && shadowed(last, own);
  if (later) return `is taken by ${by} before ${ruleText(later)} can lead it there`;
  if (end.to === "answer") return `is answered ${end.status} by ${by}`;
  const unweighted = end.groups.some(({ arn }) => own.includes(arn)) ? `, with no weight on ${own.map(targetGroupName).join(" or ")}` : "";
  const others = end.groups.filter(({ weight }) => weight > 0).map(({ arn }) => targetGroupName(arn));
  return `is led to ${others.join(" and ") || "nothing"} by ${by}${unweighted}`;
}

/** What lets the way lead to the service's own target group. */
export function fixOf({ balancer, steps, end }: Route & { balancer: string }, own: readonly string[], host: string): Fix {
  const [arn = ""] = own;
  const group = targetGroupName(arn);
  const forward = `Type=forward,TargetGroupArn=${arn}`;
  const last = steps.at(-1);
  if (end.to === "nobody" || !last) {
    const port = end.to === "nobody" ? end.request.port : 80;
    const secure = port === 443 ? ' --protocol HTTPS --certificates CertificateArn="$CERTIFICATE_ARN"' : " --protocol HTTP";
    const line = sh`aws elbv2 create-listener --load-balancer-arn ${balancer} --port ${port} --default-actions ${forward}`;
    return { do: `Add a listener on port ${port} that forwards to ${group}.`, run: [line + secure] };
  }
  const { rule, at } = last;
  const later = shadowed(last, own);
  if (later?.priority && rule.priority) {
    const swap = sh`RuleArn=${later.arn},Priority=${rule.priority} RuleArn=${rule.arn},Priority=${later.priority}`;
    const run = [`aws elbv2 set-rule-priorities --rule-priorities ${swap}`];
    return { do: `Put rule ${later.priority} of ${at.name} before rule ${rule.priority}.`, run };
  }
  if (at.protocol !== "HTTP" && at.protocol !== "HTTPS") {
    const run = [sh`aws elbv2 modify-listener --listener-arn ${at.arn} --default-actions ${forward}`];
    return { do: `Let ${at.name} forward to ${group}.`, run };
  }
  const named = rule.conditions.some(({ field, values }) => field === "host-header" && values.join().toLowerCase() === host.toLowerCase());
  if (named) {
    const run = [sh`aws elbv2 modify-rule --rule-arn ${rule.arn} --actions ${forward}`];
    return { do: `Let ${ruleText(rule)} of ${at.name} forward to ${group}.`, run };
  }
  const free = at.rules.findIndex((_, n) => !at.rules.some(({ priority }) => priority === n + 1)) + 1;
  if (free > (rule.priority ?? Number.POSITIVE_INFINITY))
    return { do: `Narrow ${ruleText(rule)} of ${at.name}.`, run: [sh`aws elbv2 describe-rules --rule-arns ${rule.arn}`] };
  const condition = `Field=host-header,Values=${host}`;
  const run = [sh`aws elbv2 create-rule --listener-arn ${at.arn} --priority ${free} --conditions ${condition} --actions ${forward}`];
  return { do: `Let ${at.name} forward requests for ${host} to ${group}.`, run };
}
