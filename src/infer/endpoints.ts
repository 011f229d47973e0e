import { type LoadBalancer, loadBalancers } from "../facts/load-balancers.ts";
import { type Entrance, type Rule, routeOf } from "../facts/routing.ts";
import { rules } from "../facts/rules.ts";
import { services } from "../facts/services.ts";
import { type TargetGroup, targetGroups } from "../facts/target-groups.ts";
import { defineSection } from "../section.ts";

/** For each service behind a load balancer, the health check's path by way of a listener that leads to it. */
export default defineSection({
  section: "endpoints",
  from: [services, targetGroups, loadBalancers, rules],
  fills: ["endpoints"],

  find(look) {
    const [groups, balancers, entrances] = [look(targetGroups), look(loadBalancers), look(rules)];
    const found = look(services).flatMap(({ name, attachments }) => {
      const ways = attachments.flatMap(({ targetGroup }) => {
        const group = groups.find(({ arn }) => arn === targetGroup);
        return group ? balancers.flatMap((balancer) => waysTo(group, balancer, entrances)) : [];
      });
      // Where both lead there, the one that does not send the answer in the open.
      const way = ways.find(({ url }) => url.startsWith("https:")) ?? ways[0];
      return way ? [[name, { ...way, service: name }] as const] : [];
    });
    return { endpoints: Object.fromEntries(found) };
  },
});

function waysTo(group: TargetGroup, { arn, dns, type }: LoadBalancer, all: readonly Entrance[]) {
  const { path, protocol, statuses, port: checked } = group.healthCheck;
  // What is checked on a port of its own, or by gRPC, need not be there for users.
  if (type !== "application" || dns === null || path === null || !protocol?.startsWith("HTTP")) return [];
  if (checked !== "traffic-port" || group.protocolVersion === "GRPC") return [];
  const entrances = all.filter(({ loadBalancer }) => loadBalancer === arn);

  return entrances.flatMap(({ port, protocol: speaks, rules: ofListener }) =>
    ofListener.flatMap((rule) => {
      const host = hostOf(rule);
      const { steps, end } = routeOf({ port, host: host ?? dns, path }, entrances);
      const leadsHere = end.to === "targets" && end.groups.some((share) => share.arn === group.arn && share.weight > 0);
      const asksWho = steps.some((step) => step.rule.action.authenticates);
      // Over TLS nobody but a named host has a certificate.
      if (rule.action.type !== "forward" || !leadsHere || asksWho || (speaks === "HTTPS" && host === null)) return [];
      const scheme = speaks.toLowerCase();
      const usual = (scheme === "http" && port === 80) || (scheme === "https" && port === 443);
      const expect = statuses && /^\d{3}$/.test(statuses) ? { expect: { status: Number(statuses) } } : {};
      return [{ url: `${scheme}://${dns}${usual ? "" : `:${port}`}${path}`, ...(host === null ? {} : { host }), ...expect }];
    }),
  );
}

const hostOf = ({ conditions }: Rule): string | null =>
  conditions.find(({ field }) => field === "host-header")?.values.find((value) => !/[*?]/.test(value)) ?? null;
