import { defineCheck, type Finding, type Findings, fail, on, pass, sh, skip } from "../src/check.ts";
import { both, either } from "../src/facts/decided.ts";
import { aclLets, aclOf, ephemeral, groupsNamed, type Ports } from "../src/facts/firewall.ts";
import { internetGateways } from "../src/facts/internet-gateways.ts";
import { type Listener, listeners } from "../src/facts/listeners.ts";
import { type LoadBalancer, loadBalancers } from "../src/facts/load-balancers.ts";
import { type NetworkAcl, networkAcls } from "../src/facts/network-acls.ts";
import { routeTables } from "../src/facts/route-tables.ts";
import { leads, routeTo, tableOf } from "../src/facts/routes-out.ts";
import { type SecurityGroup, securityGroups } from "../src/facts/security-groups.ts";

export default defineCheck({
  title: "Every load balancer can be reached by those it is for",
  why: "A front door in a walled-off yard turns every customer away, however well the house is kept.",
  severity: "blocker",
  about: loadBalancers,
  needs: [listeners, routeTables, internetGateways, securityGroups, networkAcls],
  breaks: true,
  none: skip("no service is behind a load balancer"),

  evaluate(balancer, facts, { name, config }): Findings {
    const { vpc, scheme, subnets, arn } = balancer;
    const meant = config.network?.scheme;
    if (meant !== undefined && scheme !== null && scheme !== meant)
      return fail(
        `is ${scheme}, where ${meant} is meant`,
        { scheme, meant },
        { do: `Create a load balancer that is ${meant}, and let its listeners lead to the services: a scheme cannot be changed.` },
      );
    if (vpc === null) return skip("stands in no network that is told");

    const tables = facts.routeTables.get(vpc);
    const gateways = facts.internetGateways.get(vpc);
    const ways = subnets.map((subnet) => {
      const table = tableOf(tables, subnet);
      const leaving = table && ["0.0.0.0/0", "::/0"].map((cidr) => routeTo(table, cidr));
      const answers = (leaving ?? [null]).map((route) => {
        const where = leads(route);
        if (!leaving || where === "elsewhere") return "undecided";
        return where === "internet" && gateways.includes(route?.via ?? "") ? "yes" : "no";
      });
      return { subnet, table: table?.id ?? null, answer: either(...answers) };
    });
    const evidence = { scheme, subnets: ways.map(({ subnet, answer }) => `${subnet}: ${answer}`), internetGateways: gateways };
    const walled = scheme === "internet-facing" ? ways.find(({ answer }) => answer === "no") : undefined;
    const itself = walled
      ? fail(`stands in ${walled.subnet}, from which no route leads to the internet`, evidence, route(walled, gateways))
      : placed();

    const groups = groupsNamed(balancer.securityGroups, facts.securityGroups.get(vpc));
    const acls = subnets.flatMap((subnet) => aclOf(facts.networkAcls.get(vpc), subnet) ?? []);
    const doors = facts.listeners.get(arn).listeners.map((listener) => doorOf(listener, balancer, { groups, acls }));
    return [itself, ...doors];

    function placed(): Finding {
      if (scheme !== "internet-facing") return pass(`is ${scheme ?? "of no scheme"}`, evidence);
      if (ways.some(({ answer }) => answer === "undecided"))
        return skip(`stands where routes leave by ways that cannot be followed for ${name}`);
      return pass("stands in subnets that lead to the internet", evidence);
    }
  },
});

const route = ({ table }: { table: string | null }, gateways: readonly string[]) => {
  const [gateway] = gateways;
  const run = [
    ...(gateway ? [] : [`aws ec2 attach-internet-gateway --internet-gateway-id "$INTERNET_GATEWAY_ID" --vpc-id "$VPC_ID"`]),
    `${sh`aws ec2 create-route --route-table-id ${table ?? ""} --destination-cidr-block 0.0.0.0/0`} ${
      gateway ? sh`--gateway-id ${gateway}` : `--gateway-id "$INTERNET_GATEWAY_ID"`
    }`,
  ];
  return { do: "Let the subnet's route table lead to an internet gateway, or move the load balancer into subnets whose does.", run };
};

type Walls = { readonly groups: readonly SecurityGroup[] | null; readonly acls: readonly NetworkAcl[] };

/** Whether anybody at all gets through to a listener: who is meant to is not known here. */
function doorOf({ name, port, protocol }: Listener, balancer: LoadBalancer, { groups, acls }: Walls): Finding {
  const about = `listener:${name}`;
  const [group = ""] = balancer.securityGroups;
  const evidence = { port, securityGroups: balancer.securityGroups, networkAcls: acls.map(({ id }) => id) };
  if (/UDP|QUIC/.test(protocol)) return on(about, skip(`speaks ${protocol}, which is not followed here`));
  if (groups === null) return on(about, skip("is behind a security group that is not seen here"));
  const open = groups.some(({ in: rules }) => rules.some((rule) => /^(tcp|all)$/.test(rule.protocol) && holds(rule.ports, port)));
  // A Network Load Balancer may have been made without any, and then lets everybody in.
  if (balancer.securityGroups.length > 0 && !open) {
    const run = [sh`aws ec2 authorize-security-group-ingress --group-id ${group} --protocol tcp --port ${port} --cidr 0.0.0.0/0`];
    return on(
      about,
      fail(`is shut: no security group lets anybody in on port ${port}`, evidence, {
        do: `Open port ${port} for those it is meant for.`,
        run,
      }),
    );
  }
  const walls = acls.map((acl) => ({
    id: acl.id,
    answer: both(aclLets(acl, "in", [port, port], "0.0.0.0/0"), aclLets(acl, "out", ephemeral, "0.0.0.0/0")),
  }));
  const wall = balancer.scheme === "internet-facing" ? walls.find(({ answer }) => answer === "no") : undefined;
  if (wall) {
    const run = [sh`aws ec2 describe-network-acls --network-acl-ids ${wall.id}`];
    return on(
      about,
      fail(`is shut off by the network ACL ${wall.id}`, evidence, { do: `Let ${wall.id} pass port ${port} in, and the answers out.`, run }),
    );
  }
  return on(about, pass(`may be reached on port ${port}`, evidence));
}

const holds = (ports: Ports | null, port: number) => ports === null || (ports[0] <= port && port <= ports[1]);
