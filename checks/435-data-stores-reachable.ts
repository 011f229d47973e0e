import { defineCheck, fail, on, pass, sh, skip } from "../src/check.ts";
import { dataStores } from "../src/facts/data-stores.ts";
import { alike, both, type Decided, either } from "../src/facts/decided.ts";
import { groupsLet, groupsNamed } from "../src/facts/firewall.ts";
import { routeTables } from "../src/facts/route-tables.ts";
import { rangesOf } from "../src/facts/routes-out.ts";
import { type SecurityGroup, securityGroups } from "../src/facts/security-groups.ts";
import { type Network, services } from "../src/facts/services.ts";
import { storeAt } from "../src/facts/store-hosts.ts";
import { type Subnet, subnets } from "../src/facts/subnets.ts";
import { taskDefinitions } from "../src/facts/task-definitions.ts";

export default defineCheck({
  title: "Every database and cache admits the services that use it",
  why: "A service that cannot reach its database is an outage that no deployment of the service ends.",
  severity: "blocker",
  about: dataStores,
  needs: [services, taskDefinitions, subnets, securityGroups, routeTables],
  breaks: true,
  none: skip("the configuration names no database and no cache"),

  evaluate({ kind, name, port, vpc, securityGroups: ids }, facts, { config }) {
    const about = `${kind}:${name}`;
    if (port === null) return on(about, skip("has no port yet"));
    const standing = facts.services.all().map((service) => {
      const definition = service.taskDefinition === null ? null : facts.taskDefinitions.get(service.taskDefinition);
      const hosts = (definition?.containers ?? []).flatMap((container) => Object.values(container.hosts));
      const names = hosts.some((host) => {
        const store = storeAt(host, config);
        return store?.kind === kind && store.name === name;
      });
      const own = (service.network?.subnets ?? []).map((id) => facts.subnets.get(id));
      return { service: service.name, names, network: service.network, own };
    });
    const users = standing.filter(({ names }) => names);
    const place = vpc ?? standing[0]?.own[0]?.vpc;
    if (vpc !== null && !standing.some(({ own }) => own.some((subnet) => subnet.vpc === vpc)))
      return on(about, skip("stands in another network than the services: what connects the two is not followed here"));
    const all = place === undefined ? [] : facts.securityGroups.get(place);
    const groups = groupsNamed(ids, all);
    if (groups === null) return on(about, skip("is in security groups that are not seen here: they may be another network's or account's"));

    const ranges = place === undefined ? [] : rangesOf(facts.routeTables.get(place));
    const evidence = { port, securityGroups: ids, users: users.map(({ service }) => service) };
    const admitted = ({ network, own }: (typeof standing)[number]) => admits({ groups, ids, port, ranges }, network, own, place, all);
    const mend = (service: string, network: Network | null) => ({
      do: `Let a security group of ${name} admit ${service} on port ${port}.`,
      run: [
        sh`aws ec2 authorize-security-group-ingress --group-id ${ids[0] ?? ""} --protocol tcp --port ${port} --source-group ${network?.securityGroups[0] ?? ""}`,
      ],
    });

    const shut = users.find((user) => admitted(user) === "no");
    if (shut) return on(about, fail(`does not admit ${shut.service} on port ${port}`, evidence, mend(shut.service, shut.network)));
    const [first] = standing;
    // Whoever it admits may be a proxy, which its users' own environment does not show.
    const answer = users.length > 0 ? both(...users.map(admitted)) : either(...standing.map(admitted), ...strangers(groups, port));
    if (answer === "no" && first) return on(about, fail(`admits nobody on port ${port}`, evidence, mend(first.service, first.network)));
    if (answer !== "yes") return on(about, skip("cannot be told from descriptions to admit whoever uses it, nor not to"));
    return on(about, pass(`admits ${users.length > 0 ? evidence.users.join(" and ") : "a service"} on port ${port}`, evidence));
  },
});

type Door = {
  readonly groups: readonly SecurityGroup[];
  readonly ids: readonly string[];
  readonly port: number;
  /** Where in the network it may stand. */
  readonly ranges: readonly string[];
};

/** Whether the doors of both let a connection through, from wherever the tasks may stand. */
function admits(
  { groups, ids, port, ranges }: Door,
  network: Network | null,
  own: readonly Subnet[],
  vpc: string | undefined,
  all: readonly SecurityGroup[],
): Decided {
  const tasks = network && groupsNamed(network.securityGroups, all);
  if (!tasks || own.some((subnet) => subnet.vpc !== vpc || subnet.cidr === null)) return "undecided";
  const inwards = own.map(({ cidr }) => groupsLet(groups, "in", [port, port], { cidr: cidr ?? "", groups: tasks.map(({ id }) => id) }));
  const outwards = ranges.map((cidr) => groupsLet(tasks, "out", [port, port], { cidr, groups: ids }));
  return both(...inwards, alike(...outwards));
}

/** Anybody else who is admitted by group, of whom nothing is known. */
const strangers = (groups: readonly SecurityGroup[], port: number): readonly Decided[] =>
  groups.flatMap((group) =>
    group.in.some((rule) => rule.groups.length > 0 && (rule.ports === null || (rule.ports[0] <= port && port <= rule.ports[1])))
      ? ["undecided" as const]
      : [],
  );
