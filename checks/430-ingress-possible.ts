import { defineCheck, fail, pass, sh, skip } from "../src/check.ts";
import { alike } from "../src/facts/decided.ts";
import { groupsLet, groupsNamed } from "../src/facts/firewall.ts";
import { loadBalancers } from "../src/facts/load-balancers.ts";
import { routeTables } from "../src/facts/route-tables.ts";
import { rangesOf } from "../src/facts/routes-out.ts";
import { securityGroups } from "../src/facts/security-groups.ts";
import { type Attachment, services } from "../src/facts/services.ts";
import { subnets } from "../src/facts/subnets.ts";
import { targetGroups } from "../src/facts/target-groups.ts";

export default defineCheck({
  title: "Every load balancer may reach the tasks behind it",
  why: "Tasks that no load balancer can reach are killed and started again all night, at full price.",
  severity: "blocker",
  about: services,
  needs: [subnets, targetGroups, loadBalancers, securityGroups, routeTables],
  breaks: true,
  none: skip("there is no service"),

  evaluate({ attachments, network }, facts) {
    if (attachments.length === 0) return skip("is behind no load balancer");
    if (network === null) return skip("has no network interfaces of its own: what its instances let in counts");
    const [first = ""] = network.subnets;
    const { vpc } = facts.subnets.get(first);
    const all = facts.securityGroups.get(vpc);
    const groups = groupsNamed(network.securityGroups, all);
    if (groups === null) return skip("names a security group that is not there");
    const ranges = rangesOf(facts.routeTables.get(vpc));

    const ways = attachments.flatMap((attachment) => {
      const group = facts.targetGroups.get(attachment.targetGroup);
      return group.loadBalancers.flatMap((arn) => {
        const balancer = facts.loadBalancers.get(arn);
        // It may stand in any of the network's ranges; who comes by way of a Network Load Balancer may keep an address of their own.
        const from = balancer.type === "application" ? ranges : [...ranges, "0.0.0.0/0"];
        return portsOf(attachment, group.healthCheck.port).map((port) => {
          const lets = from.map((cidr) => groupsLet(groups, "in", [port, port], { cidr, groups: balancer.securityGroups }));
          return { balancer, port, answer: balancer.vpc === vpc ? alike(...lets) : ("undecided" as const) };
        });
      });
    });
    const evidence = {
      securityGroups: groups.map(({ id }) => id),
      loadBalancers: [...new Set(ways.map(({ balancer }) => balancer.name))],
      ports: [...new Set(ways.map(({ port }) => port))],
    };
    const shut = ways.find(({ answer }) => answer === "no");
    if (shut) {
      const { balancer, port } = shut;
      const [group = ""] = evidence.securityGroups;
      const [peer] = balancer.securityGroups;
      const source = peer === undefined ? sh`--cidr ${ranges[0] ?? ""}` : sh`--source-group ${peer}`;
      return fail(
        `does not let ${balancer.name} in on port ${port}`,
        evidence,
        {
          do: `Let a security group of its tasks admit ${balancer.name} on port ${port}.`,
          run: [`${sh`aws ec2 authorize-security-group-ingress --group-id ${group} --protocol tcp --port ${port}`} ${source}`],
        },
        "elb-healthcheck-timeout",
      );
    }
    if (ways.some(({ answer }) => answer === "undecided"))
      return skip("admits some of the network on that port: whether the load balancer is among them cannot be told from descriptions");
    if (ways.length === 0) return skip("registers with no target group that a load balancer leads to");
    return pass(`lets ${evidence.loadBalancers.join(" and ")} in on port ${evidence.ports.join(" and ")}`, evidence);
  },
});

/** Those of the traffic, and of health checks where that is another. */
const portsOf = ({ port }: Attachment, healthCheck: string): readonly number[] =>
  healthCheck === "traffic-port" ? [port] : [...new Set([port, Number(healthCheck)])];
