import type { RuleCondition, Rule as SdkRule } from "@aws-sdk/client-elastic-load-balancing-v2";
import { defineFact, given, known, oneOf, type Reading } from "../fact.ts";
import { listeners } from "./listeners.ts";
import { loadBalancerName } from "./load-balancers.ts";
import { actionOf, type Condition, type Entrance, type Rule } from "./routing.ts";

/** The rules of each listener, in the order in which they are tried. */
export const rules = defineFact("rules", {
  kind: "listener",
  calls: ["elasticloadbalancing:DescribeRules"],
  needs: [listeners],
  absentOn: ["ListenerNotFoundException"],

  subjects: ({ facts }) => facts.listeners.all().flatMap((one) => one.listeners.map(({ arn }) => arn)),

  ask: ({ aws, subject }) => aws.elasticloadbalancing.DescribeRules({ ListenerArn: subject }),

  read({ Rules }, { subject, facts }): Reading<Entrance> {
    const owner = facts.listeners.all().find((one) => one.listeners.some(({ arn }) => arn === subject));
    const { name, port, protocol, otherwise } = given(
      owner?.listeners.find(({ arn }) => arn === subject),
      "listener",
    );
    const stated = given(Rules, "Rules").map(read);
    // The listener of a Network Load Balancer may have nothing but its default action.
    const whole = stated.some(({ priority }) => priority === null) ? stated : [...stated, last(subject, otherwise)];
    return known({
      name,
      arn: subject,
      loadBalancer: given(owner, "load balancer").loadBalancer,
      port,
      protocol,
      rules: whole.toSorted((a, b) => (a.priority ?? Number.POSITIVE_INFINITY) - (b.priority ?? Number.POSITIVE_INFINITY)),
    });
  },

  name: (subject, listener) => listener?.name ?? `${loadBalancerName(subject)}/${subject.split("/").at(-1)}`,

  links: ({ loadBalancer }, name) => [[`listener:${name}`, `load-balancer:${loadBalancer}`]],
});

const last = (arn: string, action: Rule["action"]): Rule => ({ arn, priority: null, conditions: [], action });

function read({ RuleArn, Priority, Conditions = [], Actions }: SdkRule): Rule {
  return {
    arn: given(RuleArn, "RuleArn"),
    priority: Priority === "default" ? null : Number(given(Priority, "rule priority")),
    conditions: Conditions.map(condition),
    action: actionOf(given(Actions, "rule actions")),
  };
}

const fields = ["host-header", "path-pattern", "http-request-method", "source-ip", "http-header", "query-string"] as const;

/** Of headers and queries the names alone: what they must hold may be a secret that a proxy shares with the load balancer. */
function condition(one: RuleCondition): Condition {
  const { Values = [], HostHeaderConfig: host, PathPatternConfig: path, SourceIpConfig: source } = one;
  const field = oneOf(one.Field, fields);
  const plain = (values: readonly string[], regexes: readonly string[] = []) => ({ field, values, regexes });
  if (field === "host-header") return plain(host?.Values ?? (host?.RegexValues ? [] : Values), host?.RegexValues);
  if (field === "path-pattern") return plain(path?.Values ?? (path?.RegexValues ? [] : Values), path?.RegexValues);
  if (field === "http-request-method") return plain(one.HttpRequestMethodConfig?.Values ?? Values);
  if (field === "source-ip") return plain(source?.Values ?? (source?.IpAddressType ? [source.IpAddressType] : Values));
  if (field === "http-header") return plain([given(one.HttpHeaderConfig?.HttpHeaderName, "HttpHeaderName")]);
  return plain((one.QueryStringConfig?.Values ?? []).flatMap(({ Key }) => Key ?? []));
}
