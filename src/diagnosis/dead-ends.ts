import { type Evidence, type Fix, sh } from "../check.ts";
import type { Fault, Ground } from "../facts/egress.ts";
import type { RouteTable } from "../facts/route-tables.ts";
import type { Service } from "../facts/services.ts";
import type { Destination } from "../facts/start-up.ts";

/** A dead end as findings tell it: what is wrong there, and how it is mended. */
export interface DeadEnd {
  readonly says: string;
  readonly evidence: Evidence;
  readonly fix: Fix;
}

/** Whom a dead end stops, and on the way to what. */
export interface Stopped {
  readonly service: Pick<Service, "name" | "network">;
  readonly destinations: readonly Destination[];
}

/** Whose fault it is: the smallest thing that has to change. */
export function subjectOf(fault: Fault): string {
  switch (fault.kind) {
    case "group-out":
    case "group-in":
      return `security-group:${fault.group}`;
    case "acl":
      return `network-acl:${fault.acl}`;
    case "nat-down":
    case "nat-stranded":
      return `nat-gateway:${fault.nat}`;
    default:
      return `subnet:${fault.subnet}`;
  }
}

/** Tells a fault in words and commands. */
export function deadEnd(fault: Fault, ground: Ground, stopped: Stopped): DeadEnd {
  switch (fault.kind) {
    case "group-out":
      return {
        says: fault.to === null ? "lets nothing out on port 443" : "lets nothing out on port 443 to where it has to go",
        evidence: { out: ground.groups.find(({ id }) => id === fault.group)?.out ?? [], to: fault.to },
        fix: {
          do: "Let the tasks out on port 443.",
          run: [
            sh`aws ec2 authorize-security-group-egress --group-id ${fault.group} --ip-permissions ${"IpProtocol=tcp,FromPort=443,ToPort=443,IpRanges=[{CidrIp=0.0.0.0/0}]"}`,
          ],
        },
      };
    case "group-in":
      return {
        says: `does not let ${fault.from} in on port 443, though it guards endpoints that AWS's names lead to`,
        evidence: { in: ground.groups.find(({ id }) => id === fault.group)?.in ?? [], endpoint: fault.endpoint },
        fix: {
          do: "Let the tasks in on port 443.",
          run: [
            sh`aws ec2 authorize-security-group-ingress --group-id ${fault.group} --protocol tcp --port 443 --source-group ${fault.from}`,
          ],
        },
      };
    case "acl":
      return deniedByAcl(fault, ground);
    case "nat-down":
      return natDown(fault, ground);
    case "nat-stranded": {
      const lead = routeThrough(fault.table, "gateway-id", ground.internets[0]);
      return {
        says: "stands in a subnet that has no route to an internet gateway",
        evidence: { subnet: fault.subnet, routeTable: fault.table.id, routes: fault.table.routes },
        fix: lead
          ? { do: "Give its subnet a default route to the network's internet gateway.", run: [lead] }
          : { do: "Attach an internet gateway to the network, and lead the default route of its subnet there.", run: [look(fault.table)] },
      };
    }
    case "no-route":
    case "blackhole": {
      const { table } = fault;
      const says =
        fault.kind === "no-route"
          ? "has no default route, nor endpoints in its stead"
          : `has a default route to ${fault.via}, which is gone`;
      return { says, evidence: { routeTable: table.id, routes: table.routes }, fix: wayOut(table, ground, stopped) };
    }
    case "no-public-address":
      return {
        says: `has no way out but an internet gateway, and tasks in it get no public address`,
        evidence: { through: fault.via, assignPublicIp: false },
        fix: {
          do: "Give the tasks public addresses, or private subnets behind a NAT gateway.",
          run: [withPublicAddresses(stopped.service)],
        },
      };
  }
}

function deniedByAcl({ acl, direction, ports, cidr }: Fault & { kind: "acl" }, { acls }: Ground): DeadEnd {
  const rules = acls.find(({ id }) => id === acl)?.rules.filter((rule) => rule.direction === direction) ?? [];
  const number = Math.max(1, Math.min(100, ...rules.map((rule) => rule.number)) - 1);
  const way = direction === "in" ? "--ingress" : "--egress";
  const [first, last] = ports[0] === 443 ? ports : [1024, 65535];
  const what = ports[0] === 443 ? "requests on port 443" : "the answers to requests";
  return {
    says: `denies ${what} ${direction === "in" ? `from ${cidr}` : `to ${cidr}`}`,
    evidence: { direction, ports: `${first}-${last}`, cidr, rules },
    fix: {
      do: `Let ${what} pass before the rule that denies them.`,
      run: [
        `${sh`aws ec2 create-network-acl-entry --network-acl-id ${acl} --rule-number ${number} --protocol tcp --port-range From=${first},To=${last}`} ${sh`--cidr-block ${cidr} --rule-action allow ${way}`}`,
      ],
    },
  };
}

function natDown({ nat, state, failure }: Fault & { kind: "nat-down" }, { nats, tables }: Ground): DeadEnd {
  const other = nats.find((one) => one.state === "available" && one.public && one.id !== nat);
  const leading = tables.filter(({ routes }) => routes.some(({ via }) => via === nat));
  const run = leading.flatMap((table) => routeThrough(table, "nat-gateway-id", other?.id) ?? []);
  return {
    says: `is ${state}${failure ? `: ${failure}` : ""}, and default routes still lead to it`,
    evidence: { state, failure, routeTables: leading.map(({ id }) => id) },
    fix: other
      ? { do: `Create it again in its zone; until then lead the default routes to ${other.id}.`, run }
      : {
          do: "Create a NAT gateway, and lead the default routes there.",
          run: [sh`aws ec2 describe-nat-gateways --nat-gateway-ids ${nat}`, ...leading.map(look)],
        },
  };
}

/** Where a network lives by endpoints it gets those that it lacks; else a route. */
function wayOut(table: RouteTable, { vpc, nats, endpoints, internets }: Ground, { service, destinations }: Stopped): Fix {
  const nat = nats.find(({ state, public: open }) => state === "available" && open);
  const lead = routeThrough(table, "nat-gateway-id", nat?.id);
  const doors = endpoints.filter(({ type }) => type === "Interface");
  if (lead && doors.length === 0) return { do: "Lead its default route to a NAT gateway.", run: [lead] };
  if (destinations.some((one) => one.service === null))
    return {
      do: "Lead its default route to a NAT gateway: what is on the internet has no endpoints.",
      run: [lead ?? sh`aws ec2 describe-nat-gateways --filter Name=vpc-id,Values=${vpc}`],
    };
  const groups = doors[0]?.securityGroups ?? service.network?.securityGroups ?? [];
  const run = destinations.map(({ service: wanted, region }) => {
    const name = `${region.startsWith("cn-") && wanted?.startsWith("ecr") ? "cn." : ""}com.amazonaws.${region}.${wanted}`;
    const gateway = endpoints.find((one) => one.type === "Gateway" && one.service.endsWith(`.${wanted}`));
    if (gateway) return sh`aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${gateway.id} --add-route-table-ids ${table.id}`;
    const create = sh`aws ec2 create-vpc-endpoint --vpc-id ${vpc} --service-name ${name}`;
    if (wanted === "s3") return `${create} ${sh`--vpc-endpoint-type Gateway --route-table-ids ${table.id}`}`;
    const words = [...(service.network?.subnets ?? []), "--security-group-ids", ...groups].join(" ");
    return `${create} --vpc-endpoint-type Interface --private-dns-enabled --subnet-ids ${words}`;
  });
  const instead = internets.length > 0 ? ", or a NAT gateway" : "";
  return { do: `Create the endpoints that are missing, open to the tasks on port 443${instead}.`, run };
}

/** The command that leads a table's default route through something, in place of the one that it has. */
function routeThrough({ id, routes }: RouteTable, option: string, through: string | undefined): string | null {
  if (through === undefined) return null;
  const verb = routes.some(({ to }) => to === "0.0.0.0/0") ? "replace" : "create";
  return sh`aws ec2 ${verb}-route --route-table-id ${id} --destination-cidr-block 0.0.0.0/0 --${option} ${through}`;
}

const look = ({ id }: RouteTable) => sh`aws ec2 describe-route-tables --route-table-ids ${id}`;

function withPublicAddresses({ name, network }: Stopped["service"]): string {
  const lists = `subnets=[${network?.subnets.join(",")}],securityGroups=[${network?.securityGroups.join(",")}]`;
  return sh`aws ecs update-service --service ${name} --network-configuration ${`awsvpcConfiguration={${lists},assignPublicIp=ENABLED}`}`;
}
