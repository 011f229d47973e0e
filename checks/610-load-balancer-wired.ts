import { defineCheck, type Evidence, type Fix, fail, pass, presence, sh, skip } from "../src/check.ts";
import { type Attachment, primaryOf, type Service, services } from "../src/facts/services.ts";
import { attachmentsTo, type TargetGroup, targetGroups } from "../src/facts/target-groups.ts";
import { targetHealth } from "../src/facts/target-health.ts";
import { type TaskDefinition, taskDefinitions } from "../src/facts/task-definitions.ts";

export default defineCheck({
  title: "Every service is wired to its load balancer",
  why: "A wiring fault leaves tasks that run and cost money, and that no user can reach.",
  severity: "blocker",
  about: presence(targetGroups),
  needs: [services, taskDefinitions],
  accountsFor: [targetGroups, targetHealth],
  breaks: true,
  none: skip("no service is behind a load balancer"),

  evaluate(group, facts, { name, config }) {
    if (group.state === "absent") return broken({ says: "does not exist", evidence: { why: group.why }, fix: again(name) });
    const { arn, loadBalancers, type, protocol, services: names } = group.value;
    const evidence = { loadBalancers, type, protocol, services: names };
    const hosts = names.flatMap((service) => config.services[service]?.host ?? []);
    if (loadBalancers.length === 0) return broken({ says: "is attached to no load balancer", evidence, fix: attach(group.value, hosts) });

    const faults = names.flatMap((service) => {
      const one = facts.services.get(service);
      const revision = primaryOf(one)?.taskDefinition ?? one.taskDefinition;
      if (revision === null) return [];
      return attachmentsTo(arn, [one]).flatMap((attachment) => faultOf(group.value, one, attachment, facts.taskDefinitions.get(revision)));
    });
    const [first] = faults;
    return first ? broken(first) : pass("exists, is attached to a load balancer, and fits the containers behind it", evidence);
  },
});

type Fault = { readonly says: string; readonly evidence: Evidence; readonly fix: Fix };

const broken = ({ says, evidence, fix }: Fault) => fail(says, evidence, fix, "target-group-misconfigured");

/** What is proven wrong between a target group and a container that registers with it. */
function faultOf(group: TargetGroup, { name: service }: Service, { container, port }: Attachment, definition: TaskDefinition): Fault | [] {
  const revision = `${definition.family}:${definition.revision}`;
  const { networkMode } = definition;
  const own = definition.containers.find(({ name }) => name === container);
  const mapped = own?.ports.filter((one) => one.port === port) ?? [];
  const evidence = { service, taskDefinition: revision, container, port };
  if (mapped.length === 0) {
    const says = own
      ? `port ${port} of container ${container}, which ${revision} does not map`
      : `container ${container}, which ${revision} lacks`;
    return { says: `is meant for ${says}`, evidence, fix: reregister(group, service, own ? [own] : definition.containers) };
  }

  const fix = { do: `Replace ${group.name} by a target group that fits, and let ${service} register with that.` };
  // With awsvpc every task has an address of its own, and no instance stands for it.
  const types = networkMode === "awsvpc" ? ["ip"] : ["instance", "ip"];
  if (!types.includes(group.type)) {
    const says = `takes targets of type ${group.type}, where network mode ${networkMode ?? "bridge"} needs ${types.join(" or ")}`;
    return { says, evidence: { ...evidence, networkMode, type: group.type }, fix };
  }
  const transports = mapped.map(({ protocol }) => protocol);
  if (transports.some((transport) => carried[transport].includes(group.protocol ?? ""))) return [];
  const says = `speaks ${group.protocol} to port ${port} of container ${container}, which is mapped for ${transports.join(" and ")} alone`;
  return { says, evidence: { ...evidence, protocol: group.protocol, transports }, fix };
}

const carried: { readonly [T in "tcp" | "udp"]: readonly string[] } = {
  tcp: ["HTTP", "HTTPS", "TCP", "TLS", "TCP_UDP", "TCP_QUIC"],
  udp: ["UDP", "QUIC", "TCP_UDP", "TCP_QUIC"],
};

function reregister({ arn }: TargetGroup, service: string, containers: TaskDefinition["containers"]): Fix {
  const [first] = containers.flatMap(({ name, ports }) => ports.map(({ port }) => `containerName=${name},containerPort=${port}`));
  const run = first ? [sh`aws ecs update-service --service ${service} --load-balancers ${`targetGroupArn=${arn},${first}`}`] : [];
  return { do: `Let ${service} register a container and a port that its task definition maps.`, run };
}

const again = (name: string): Fix => ({
  do: `Create ${name} again, lead a listener's rule to it, and let its service register with it.`,
  run: [sh`aws elbv2 create-target-group --name ${name} --target-type ip --protocol HTTP --port 80 --vpc-id "$VPC_ID"`],
});

function attach({ name, arn }: TargetGroup, hosts: readonly string[]): Fix {
  const condition = hosts.length > 0 ? `Field=host-header,Values=${hosts.join(",")}` : "Field=path-pattern,Values=/*";
  const rule = sh`--conditions ${condition} --actions ${`Type=forward,TargetGroupArn=${arn}`}`;
  return {
    do: `Let a rule of a listener forward to ${name}.`,
    run: [`aws elbv2 create-rule --listener-arn "$LISTENER_ARN" --priority 1 ${rule}`],
  };
}
