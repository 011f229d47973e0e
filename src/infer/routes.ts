import type { Config } from "../config.ts";
import { type Entrance, routeOf, shareOf } from "../facts/routing.ts";
import { rules } from "../facts/rules.ts";
import { type Service, services } from "../facts/services.ts";
import { groupsOf, type TargetGroup, targetGroups } from "../facts/target-groups.ts";
import { defineSection } from "../section.ts";

type Way = Pick<Config["services"][string], "host" | "path" | "port">;

/** The host by which a listener's rule leads to each service, with the path of its health check where that leads there as well. */
export default defineSection({
  section: "routes",
  from: [services, targetGroups, rules],
  // Whoever finds a service without a host looks at the rules before saying that there is none.
  fills: ["dnsRecords"],

  find(look, { services: named }) {
    const [all, groups, entrances] = [look(services), look(targetGroups), look(rules)];
    const found = Object.entries(named).map(([name, stated]) => {
      const service = all.find((one) => one.name === name);
      return [name, { ...stated, ...(service ? wayTo(service, groups, entrances) : {}) }];
    });
    return { services: Object.fromEntries(found) };
  },
});

function wayTo(service: Service, groups: readonly TargetGroup[], all: readonly Entrance[]): Way {
  const own = groupsOf(service);
  const attached = groups.filter(({ arn }) => own.includes(arn));
  const balancers = [...new Set(attached.flatMap(({ loadBalancers }) => loadBalancers))];
  const paths = [...new Set([...attached.flatMap(({ healthCheck }) => healthCheck.path ?? []), undefined])];

  const ways = balancers.flatMap((balancer) => {
    const entrances = all.filter(({ loadBalancer }) => loadBalancer === balancer);
    const usual = entrances.some(({ port }) => port === 443) ? 443 : 80;
    const ports = [usual, ...entrances.map(({ port }) => port).filter((port) => port !== usual)];
    const leads = (host: string, port: number, path = "/") => {
      const rule = routeOf({ host, path, port }, entrances).steps.at(-1)?.rule;
      return rule !== undefined && shareOf(own, rule) > 0;
    };
    return ports.flatMap((port) =>
      hostsOf(own, entrances).flatMap((host) =>
        paths.flatMap((path): Way[] =>
          leads(host, port, path) ? [{ host, ...(path !== undefined && { path }), ...(port !== usual && { port }) }] : [],
        ),
      ),
    );
  });
  return ways[0] ?? {};
}

/** The hosts that rules which lead to these target groups ask for by name, in the order of the rules. */
function hostsOf(own: readonly string[], entrances: readonly Entrance[]): readonly string[] {
  const leading = entrances.flatMap(({ rules }) => rules.filter((rule) => shareOf(own, rule) > 0));
  const named = leading.flatMap(({ conditions }) => conditions.flatMap(({ field, values }) => (field === "host-header" ? values : [])));
  return [...new Set(named.filter((host) => !/[*?]/.test(host)))];
}
