import { describe, expect, test } from "vitest";
import { type Change, inspect } from "../fixtures/inspect.ts";
import {
  addEndpoint,
  addEndpointGroup,
  fetched,
  groupOf,
  guardTasks,
  leadOut,
  letOut,
  loseNatGateway,
  natGateway,
  place,
  tableOf,
  taskAcl,
  taskSubnets,
  withoutNatGateways,
} from "../fixtures/network.ts";
import { securityGroup, subnet, zones } from "../fixtures/ohmycoins/names.ts";
import { taskDefinition } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./420-egress-possible.ts";

const [backend, frontend] = ["ohmycoins-prod-backend", "ohmycoins-prod-frontend"];
const [a = "", , c = ""] = taskSubnets;
const all = "Secrets Manager, ECR's API, ECR's registry, S3 and CloudWatch Logs";
const stopped = `so that ${backend} and ${frontend} cannot reach`;

/** What is said of each subject that does not pass. */
async function found(change: Change) {
  const findings = await inspect(check, change);
  return Object.fromEntries(findings.flatMap(({ subject, status, says }) => (status === "pass" ? [] : [[subject, `${status}: ${says}`]])));
}
const failing = async (change: Change) => (await inspect(check, change)).filter(({ status }) => status === "fail");
/** The only thing that is at fault. */
async function fault(change: Change) {
  const [first, ...more] = await failing(change);
  expect(more).toEqual([]);
  return { subject: first?.subject, says: first?.says, run: first?.fix?.run, cause: first?.cause };
}

test("passes when every subnet has a NAT gateway, and says what leads where", async () => {
  const findings = await inspect(check);
  expect(findings).toMatchObject(Array(3).fill({ status: "pass", says: `has a way to ${all}` }));
  expect(findings.find(({ subject }) => subject === `subnet:${a}`)?.evidence).toMatchObject({
    ways: { "Secrets Manager": expect.stringMatching(/^nat-/), S3: expect.stringMatching(/^vpce-/) },
  });
});

describe("fails, and blames", () => {
  test("the subnet that has no default route, with the NAT gateway that it could use", async () => {
    const table = (world: World) => tableOf(world, c).RouteTableId;
    let id: string | undefined;
    const one = await fault((world) => {
      leadOut(world, c, null);
      id = table(world);
    });
    expect(one).toMatchObject({ subject: `subnet:${c}`, cause: "secrets-unreachable-network" });
    expect(one.says).toBe(
      `has no default route, nor endpoints in its stead, ${stopped} Secrets Manager, ECR's API, ECR's registry and CloudWatch Logs`,
    );
    expect(one.run).toEqual([
      expect.stringMatching(
        `^aws ec2 create-route --region ap-southeast-2 --route-table-id ${id} --destination-cidr-block 0.0.0.0/0 --nat-gateway-id nat-`,
      ),
    ]);
  });

  test("the NAT gateway that failed or was deleted, once, whoever leads to it", async () => {
    const lost: Change = (world) => {
      for (const id of taskSubnets) leadOut(world, id, { NatGatewayId: natGateway(world, "ap-southeast-2a").NatGatewayId });
      loseNatGateway(world, "ap-southeast-2a", "failed", { code: "InsufficientFreeAddressesInSubnet", message: "the subnet is full" });
    };
    const one = await fault(lost);
    expect(one.subject).toMatch(/^nat-gateway:nat-/);
    expect(one.says).toContain("is failed: the subnet is full, and default routes still lead to it, so that");
    expect(one.run).toHaveLength(3);
    expect(one.run?.[0]).toContain("aws ec2 replace-route");
    expect(Object.keys(await found(lost)).filter((subject) => subject.startsWith("subnet:"))).toHaveLength(3);
  });

  test("the NAT gateway that AWS no longer tells of", async () => {
    const one = await fault((world) => {
      loseNatGateway(world, "ap-southeast-2a", "deleted");
      world.ec2.natGateways.shift();
    });
    expect(one.says).toMatch(/^is gone, and default routes still lead to it/);
  });

  test("the NAT gateway that stands in a subnet without a way out", async () => {
    const one = await fault(
      (world) => void Object.assign(natGateway(world, "ap-southeast-2a"), { SubnetId: subnet("data", "ap-southeast-2a") }),
    );
    expect(one).toMatchObject({
      subject: expect.stringMatching(/^nat-gateway:/),
      run: [expect.stringMatching(/create-route .* --gateway-id igw-/)],
    });
  });

  test("every NAT gateway where no internet gateway is attached", async () => {
    const findings = await failing((world) => {
      world.ec2.internetGateways = [];
    });
    expect(findings.map(({ subject }) => subject.split(":")[0])).toEqual(["nat-gateway", "nat-gateway", "nat-gateway"]);
  });

  test("the public subnet whose tasks get no public address", async () => {
    const publicly = (assignPublicIp: "ENABLED" | "DISABLED"): Change => {
      const subnets = zones.slice(0, 1).map((zone) => subnet("public", zone));
      return (world) => place(world, backend, { subnets, assignPublicIp });
    };
    const one = await fault(publicly("DISABLED"));
    expect(one.subject).toBe(`subnet:${subnet("public", "ap-southeast-2a")}`);
    expect(one.run?.[0]).toContain("assignPublicIp=ENABLED");
    expect(await failing(publicly("ENABLED"))).toEqual([]);
  });

  test("the subnets of a network that lives by endpoints, and lacks one", async () => {
    const lacking = await failing((world) => {
      withoutNatGateways(world);
      const group = addEndpointGroup(world);
      for (const name of fetched) if (name !== "ecr.dkr") addEndpoint(world, name, group);
    });
    expect(lacking).toMatchObject(
      Array(3).fill({
        says: `has no default route, nor endpoints in its stead, ${stopped} ECR's registry`,
        cause: "image-registry-unreachable",
        fix: { run: [expect.stringMatching(/^aws ec2 create-vpc-endpoint .*--service-name com\.amazonaws\.ap-southeast-2\.ecr\.dkr /)] },
      }),
    );
  });

  test("the subnet whose route table the endpoint of S3 does not stand in", async () => {
    const one = await fault((world) => {
      withoutNatGateways(world);
      const group = addEndpointGroup(world);
      for (const name of fetched) addEndpoint(world, name, group);
      const [gateway] = world.ec2.vpcEndpoints;
      if (gateway) gateway.RouteTableIds = gateway.RouteTableIds?.filter((id) => id !== tableOf(world, a).RouteTableId) ?? [];
    });
    expect(one).toMatchObject({
      subject: `subnet:${a}`,
      says: expect.stringContaining("cannot reach S3"),
      run: [expect.stringMatching(/modify-vpc-endpoint .*--add-route-table-ids rtb-/)],
    });
  });

  test("the security group of an endpoint that is closed to the tasks, although there is a NAT gateway", async () => {
    const one = await fault((world) => void addEndpoint(world, "logs", addEndpointGroup(world, { cidr: "10.9.0.0/16" })));
    expect(one).toMatchObject({ subject: `security-group:${securityGroup("endpoints")}`, cause: "logs-unreachable-network" });
    expect(one.run?.[0]).toContain("authorize-security-group-ingress");
  });

  test.each<[string, string | null, string]>([
    ["nothing", null, "lets nothing out on port 443, so that"],
    ["its own network alone", "10.0.0.0/16", "lets nothing out on port 443 to where it has to go, so that"],
  ])("the security group of the tasks that lets out %s", async (_what, cidr, says) => {
    const one = await fault((world) => letOut(world, groupOf(backend), cidr));
    expect(one).toMatchObject({ subject: `security-group:${groupOf(backend)}`, says: expect.stringContaining(says) });
  });

  test.each<[string, Parameters<typeof guardTasks>[1], RegExp]>([
    ["requests", [{ Egress: false, RuleAction: "allow", CidrBlock: "0.0.0.0/0" }], /^denies requests on port 443 to 0\.0\.0\.0\/0/],
    [
      "answers",
      [
        { Egress: true, RuleAction: "allow", CidrBlock: "0.0.0.0/0" },
        { Egress: false, RuleAction: "allow", CidrBlock: "10.0.0.0/16" },
      ],
      /^denies the answers to requests from 0\.0\.0\.0\/0/,
    ],
  ])("the network ACL that denies %s", async (_what, rules, says) => {
    const one = await fault((world) => guardTasks(world, rules));
    expect(one).toMatchObject({ subject: `network-acl:${taskAcl}`, says: expect.stringMatching(says) });
    expect(one.run?.[0]).toContain("create-network-acl-entry");
  });
});

test("is pending while the NAT gateway, or an endpoint that there is no other way to, is being made", async () => {
  const nat = await found((world) => void Object.assign(natGateway(world, "ap-southeast-2a"), { State: "pending" }));
  expect(Object.keys(nat)).toEqual([`subnet:${a}`, expect.stringMatching(/^nat-gateway:/)]);
  expect(Object.values(nat)).toContainEqual("pending: is still being made");
  const endpoint = await found((world) => {
    withoutNatGateways(world);
    const group = addEndpointGroup(world);
    for (const name of fetched) addEndpoint(world, name, group, name === "logs" ? { State: "pending" as never } : {});
  });
  expect(Object.values(endpoint).filter((says) => says.startsWith("pending"))).toHaveLength(1);
});

describe("claims nothing that descriptions do not decide", () => {
  test.each<[string, Change, RegExp]>([
    ...["tgw-1", "vgw-1", "pcx-1", "eni-1", "vpce-1", "cagw-1", "lgw-1"].map((via): [string, Change, RegExp] => [
      `a default route by ${via}`,
      (world) => {
        for (const id of taskSubnets) leadOut(world, id, { GatewayId: via });
      },
      /its default route leads to .*, where it cannot be followed/,
    ]),
    [
      "a narrow route to another network",
      (world) => {
        withoutNatGateways(world);
        for (const id of taskSubnets)
          tableOf(world, id).Routes?.push({ DestinationCidrBlock: "10.100.0.0/16", TransitGatewayId: "tgw-1", State: "active" });
      },
      /it routes 10\.100\.0\.0\/16 to tgw-1, and the rest nowhere/,
    ],
    [
      "a network that is another account's",
      (world) => {
        withoutNatGateways(world);
        for (const one of world.ec2.subnets) one.OwnerId = "999988887777";
      },
      /its network is shared by account 999988887777/,
    ],
    [
      "endpoints that a hosted zone of one's own may name",
      (world) => {
        withoutNatGateways(world);
        const group = addEndpointGroup(world);
        for (const name of fetched) addEndpoint(world, name, group, { PrivateDnsEnabled: false });
      },
      /may serve it under a name that is not looked up here/,
    ],
    [
      "a private NAT gateway",
      (world) => {
        for (const nat of world.ec2.natGateways) nat.ConnectivityType = "private";
      },
      /hides it from other private networks alone/,
    ],
    [
      "a firewall behind the NAT gateway",
      (world) => {
        for (const zone of zones) leadOut(world, subnet("public", zone), { GatewayId: "vpce-1" });
      },
      /leads on to vpce-1/,
    ],
    [
      "a prefix list in a security group",
      (world) => {
        for (const group of world.ec2.securityGroups)
          for (const rule of group.IpPermissionsEgress ?? [])
            Object.assign(rule, { IpRanges: [], PrefixListIds: [{ PrefixListId: "pl-1" }] });
      },
      /let it out to some addresses/,
    ],
  ])("%s", async (_what, change, says) => {
    const said = await found(change);
    expect(Object.values(said)).toEqual(Array(3).fill(expect.stringMatching(/^skip: may have a way to /)));
    expect(Object.values(said)[0]).toMatch(says);
  });
});

describe("is not fooled by", () => {
  const endpoints =
    (from: Parameters<typeof addEndpointGroup>[1], more: Change = () => {}): Change =>
    (world, config) => {
      withoutNatGateways(world);
      const group = addEndpointGroup(world, from);
      for (const name of fetched) addEndpoint(world, name, group);
      more(world, config);
    };

  test.each<[string, Change]>([
    ["endpoints alone", endpoints({ cidr: "10.0.0.0/16" })],
    [
      "endpoints in one zone, which are reached from all",
      endpoints({ cidr: "10.0.0.0/16" }, (world) => {
        for (const one of world.ec2.vpcEndpoints) one.SubnetIds = [a];
      }),
    ],
    [
      "endpoints alone, with tasks let out to their network and the list of S3",
      endpoints({ cidr: "10.0.0.0/16" }, (world) => {
        for (const name of [backend, frontend]) letOut(world, groupOf(name), "10.0.0.0/16");
        for (const group of world.ec2.securityGroups)
          for (const rule of group.IpPermissionsEgress ?? []) rule.PrefixListIds = [{ PrefixListId: "pl-6ca54005" }];
      }),
    ],
    [
      "a group that lets its own members in",
      endpoints({ group: securityGroup("endpoints") }, (world) => {
        for (const name of [backend, frontend]) place(world, name, { securityGroups: [groupOf(name), securityGroup("endpoints")] });
      }),
    ],
    [
      "a NAT gateway for the whole network",
      (world) => {
        for (const nat of world.ec2.natGateways) delete nat.SubnetId;
      },
    ],
    ["a service that is given no group, and is in the default one", (world) => place(world, backend, { securityGroups: [] })],
    [
      "routes in the main table",
      (world) => {
        const own = tableOf(world, a);
        const out = own.Routes ?? [];
        own.Associations = [];
        for (const table of world.ec2.routeTables) if (table.Associations?.some(({ Main }) => Main)) table.Routes = out;
        const [s3] = world.ec2.vpcEndpoints;
        s3?.RouteTableIds?.push(...world.ec2.routeTables.map(({ RouteTableId = "" }) => RouteTableId));
      },
    ],
    [
      "a network ACL of one's own that lets through what must pass",
      (world) =>
        guardTasks(world, [
          { Egress: false, RuleAction: "deny", CidrBlock: "0.0.0.0/0", PortRange: { From: 22, To: 22 } },
          { Egress: false, RuleAction: "allow", CidrBlock: "0.0.0.0/0", PortRange: { From: 32768, To: 60999 } },
          { Egress: true, RuleAction: "allow", CidrBlock: "0.0.0.0/0", PortRange: { From: 443, To: 443 } },
        ]),
    ],
    [
      "names of endpoints in China",
      endpoints({ cidr: "10.0.0.0/16" }, (world) => {
        for (const one of world.ec2.vpcEndpoints) one.ServiceName = `cn.${one.ServiceName}`;
      }),
    ],
  ])("%s", async (_what, change) => {
    expect(await found(change)).toEqual({});
  });

  test("tasks that need less: no secret, no image of ECR, no log", async () => {
    const said = await found((world) => {
      withoutNatGateways(world);
      for (const name of [`${backend}:2`, `${frontend}:2`])
        for (const container of taskDefinition(world, name).containerDefinitions ?? [])
          Object.assign(container, { image: "registry.internal/app:1", secrets: [], logConfiguration: undefined });
    });
    expect(Object.values(said)).toEqual(Array(3).fill(expect.stringMatching(/^skip: is one that nothing is fetched from/)));
  });

  test("tasks on instances, which fetch for them", async () => {
    const said = await found((world) => {
      withoutNatGateways(world);
      for (const service of world.ecs.services) service.launchType = "EC2";
    });
    expect(Object.values(said)).toEqual(Array(3).fill(expect.stringMatching(/^skip:/)));
  });
});

test("an image of Docker Hub needs the internet, which no endpoint leads to", async () => {
  const [first] = await failing((world) => {
    withoutNatGateways(world);
    const group = addEndpointGroup(world);
    for (const name of fetched) addEndpoint(world, name, group);
    for (const container of taskDefinition(world, `${frontend}:2`).containerDefinitions ?? []) container.image = "nginx:1.27";
  });
  expect(first?.says).toContain(`so that ${frontend} cannot reach docker.io`);
});

test("is unknown where the network may not be described", async () => {
  for (const action of ["ec2:DescribeRouteTables", "ec2:DescribeVpcEndpoints", "ec2:DescribeNetworkAcls"])
    expect((await inspect(check, () => {}, { denied: [action] })).map(({ status }) => status)).toEqual(Array(3).fill("unknown"));
});

test("does not need the load balancer to be described", async () => {
  const findings = await inspect(check, () => {}, { denied: ["elasticloadbalancing:DescribeLoadBalancers"] });
  expect(findings.map(({ status }) => status)).toEqual(Array(3).fill("pass"));
});
