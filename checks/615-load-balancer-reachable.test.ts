import { expect, test } from "vitest";
import { found } from "../fixtures/find.ts";
import { inspect } from "../fixtures/inspect.ts";
import { securityGroup, stack, subnet } from "../fixtures/ohmycoins/names.ts";
import type { World } from "../fixtures/world.ts";
import type { Stated } from "../src/config.ts";
import check from "./615-load-balancer-reachable.ts";

const alb = `load-balancer:${stack}-alb`;
const listener = `listener:${stack}-alb:80`;
const balancer = (world: World) => found(world.elasticloadbalancing.loadBalancers, () => true, "load balancer");
const publicTable = (world: World) =>
  found(world.ec2.routeTables, ({ Tags = [] }) => Tags.some(({ Value }) => Value === `${stack}-public`), "route table");
const internal = (world: World, config: Stated) => {
  balancer(world).Scheme = "internal";
  config.network = { ...config.network, scheme: "internal" };
};
const about = async (subject: string, change: (world: World, config: Stated) => void, circumstances = {}) =>
  (await inspect(check, change, circumstances)).find((one) => one.subject === subject);

test("passes where it stands in public subnets and its groups are open", async () => {
  expect(await inspect(check)).toMatchObject([
    { subject: alb, status: "pass", says: "stands in subnets that lead to the internet" },
    { subject: listener, status: "pass" },
  ]);
});

test("fails under another scheme than the one that is meant", async () => {
  const found = await about(alb, (world) => {
    balancer(world).Scheme = "internal";
  });
  expect(found).toMatchObject({ status: "fail", says: "is internal, where internet-facing is meant" });
});

test("fails where a subnet's route table leads nowhere, or to a gateway that is not attached", async () => {
  const dead = (world: World) => {
    publicTable(world).Routes = publicTable(world).Routes?.slice(0, 1);
  };
  expect(await about(alb, dead)).toMatchObject({
    status: "fail",
    says: expect.stringContaining("from which no route leads to the internet"),
    fix: { run: [expect.stringContaining("aws ec2 create-route")] },
  });
  const detached = (world: World) => {
    world.ec2.internetGateways = [];
  };
  expect(await about(alb, detached)).toMatchObject({
    status: "fail",
    fix: { run: [expect.stringContaining("attach-internet-gateway"), expect.anything()] },
  });
});

test("fails for a listener whose port no security group opens to anybody", async () => {
  const shut = (world: World) => {
    found(world.ec2.securityGroups, ({ GroupId }) => GroupId === securityGroup("alb"), "group").IpPermissions = [
      { IpProtocol: "tcp", FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: "0.0.0.0/0" }] },
    ];
  };
  expect(await about(listener, shut)).toMatchObject({ status: "fail", says: "is shut: no security group lets anybody in on port 80" });
});

test("fails for a listener that a network ACL denies to everybody", async () => {
  const walled = (world: World) => {
    for (const acl of world.ec2.networkAcls)
      acl.Entries = [
        { RuleNumber: 1, Egress: false, Protocol: "6", PortRange: { From: 80, To: 80 }, CidrBlock: "0.0.0.0/0", RuleAction: "deny" },
        ...(acl.Entries ?? []),
      ];
  };
  expect(await about(listener, walled)).toMatchObject({
    status: "fail",
    says: expect.stringContaining("is shut off by the network ACL acl-"),
  });
});

test("whom it is for is not known: a group that admits a prefix list, or the office alone, is open", async () => {
  const office = (peer: object) => (world: World) => {
    found(world.ec2.securityGroups, ({ GroupId }) => GroupId === securityGroup("alb"), "group").IpPermissions = [
      { IpProtocol: "tcp", FromPort: 80, ToPort: 80, ...peer },
    ];
  };
  expect(await about(listener, office({ PrefixListIds: [{ PrefixListId: "pl-cloudfront" }] }))).toMatchObject({ status: "pass" });
  expect(await about(listener, office({ IpRanges: [{ CidrIp: "203.0.113.0/24" }] }))).toMatchObject({ status: "pass" });
});

test("an internal one needs no way to the internet, and a Network Load Balancer no security group", async () => {
  expect(
    await about(alb, (world, config) => {
      internal(world, config);
      publicTable(world).Routes = publicTable(world).Routes?.slice(0, 1);
    }),
  ).toMatchObject({ status: "pass", says: "is internal" });
  expect(await about(listener, (world) => void delete balancer(world).SecurityGroups)).toMatchObject({ status: "pass" });
});

test("a way out by a firewall's endpoint cannot be followed, and is no failure", async () => {
  const firewall = (world: World) => {
    publicTable(world).Routes = [
      ...(publicTable(world).Routes?.slice(0, 1) ?? []),
      { DestinationCidrBlock: "0.0.0.0/0", GatewayId: "vpce-0firewall", State: "active" },
    ];
  };
  expect(await about(alb, firewall)).toMatchObject({ status: "skip" });
});

test("the route by IPv6 is as good as the other, and a table of its own counts, not the main one", async () => {
  const sixth = (world: World) => {
    publicTable(world).Routes = publicTable(world).Routes?.map((route) =>
      route.GatewayId === "local" ? route : { DestinationIpv6CidrBlock: "::/0", GatewayId: route.GatewayId, State: "active" },
    );
  };
  expect(await about(alb, sixth)).toMatchObject({ status: "pass" });
  const unassociated = (world: World) => {
    const table = publicTable(world);
    table.Associations = table.Associations?.filter(({ SubnetId }) => SubnetId !== subnet("public", "ap-southeast-2a"));
  };
  expect(await about(alb, unassociated)).toMatchObject({
    status: "fail",
    says: expect.stringContaining(subnet("public", "ap-southeast-2a")),
  });
});
