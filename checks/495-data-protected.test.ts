import { expect, test } from "vitest";
import { type Change, inspect } from "../fixtures/inspect.ts";
import { securityGroup, subnet, vpc, zones } from "../fixtures/ohmycoins/names.ts";
import { addServerless, cache, database, postgres, redis } from "../fixtures/stores.ts";
import type { World } from "../fixtures/world.ts";
import check from "./495-data-protected.ts";

const [ofDatabase, ofCache] = [`database:${postgres}`, `cache:${redis}`];
const said = async (change: Change) =>
  Object.fromEntries((await inspect(check, change)).map(({ subject, status, says }) => [subject, [status, says]]));

const openTo =
  (range: object) =>
  ({ ec2 }: World): void => {
    const group = ec2.securityGroups.find(({ GroupId }) => GroupId === securityGroup("postgres"));
    group?.IpPermissions?.push({ IpProtocol: "tcp", FromPort: 5432, ToPort: 5432, ...range });
  };

test("passes when the stores are private, closed and encrypted", async () => {
  expect(await said(() => {})).toEqual({
    [ofDatabase]: ["pass", "is out of the world's reach, and protected"],
    [ofCache]: ["pass", "is out of the world's reach, and protected"],
  });
});

test("fails for a database with a public address, without encryption, or without protection from deletion", async () => {
  const found = await said((world) => {
    Object.assign(database(world), { PubliclyAccessible: true, StorageEncrypted: false, DeletionProtection: false });
  });
  expect(found[ofDatabase]).toEqual([
    "fail",
    "has a public address; is not encrypted, which only a copy from a snapshot can be; is not protected from deletion",
  ]);
});

test("fails for a cache that is not encrypted, at rest or in transit", async () => {
  const found = await said((world) => {
    Object.assign(cache(world), { AtRestEncryptionEnabled: false, TransitEncryptionEnabled: false });
  });
  expect(found[ofCache]).toEqual(["fail", "is not encrypted, which only a new one made of a snapshot can be; is not encrypted in transit"]);
});

test("fails when a security group is open to any address, of either family, and not when it is open to the network", async () => {
  for (const range of [{ IpRanges: [{ CidrIp: "0.0.0.0/0" }] }, { Ipv6Ranges: [{ CidrIpv6: "::/0" }] }])
    expect((await said(openTo(range)))[ofDatabase]).toEqual(["fail", `is open to any address by ${securityGroup("postgres")}`]);
  for (const range of [{ IpRanges: [{ CidrIp: "10.0.0.0/16" }] }, { PrefixListIds: [{ PrefixListId: "pl-1" }] }])
    expect((await said(openTo(range)))[ofDatabase]).toMatchObject(["pass", expect.anything()]);
});

test("fails when its subnets lead to an internet gateway, and not for those that lead through a NAT gateway", async () => {
  const standIn = (kind: "public" | "private") => (world: World) => {
    Object.assign(database(world).DBSubnetGroup ?? {}, { Subnets: zones.map((zone) => ({ SubnetIdentifier: subnet(kind, zone) })) });
  };
  expect((await said(standIn("public")))[ofDatabase]).toEqual([
    "fail",
    `stands in subnets with a way to the internet: ${zones.map((zone) => subnet("public", zone)).join(", ")}`,
  ]);
  expect((await said(standIn("private")))[ofDatabase]).toMatchObject(["pass", expect.anything()]);
});

test("says nothing of a network that is not looked into, but of what the store tells itself", async () => {
  const elsewhere = (world: World) => {
    const one = database(world);
    one.VpcSecurityGroups = [{ VpcSecurityGroupId: "sg-00000000", Status: "active" }];
    Object.assign(one.DBSubnetGroup ?? {}, { VpcId: vpc.replace(/.$/, "x") });
  };
  expect((await said(elsewhere))[ofDatabase]).toMatchObject(["skip", expect.stringContaining("not looked into")]);
  const open = (world: World) => {
    elsewhere(world);
    database(world).PubliclyAccessible = true;
  };
  expect((await said(open))[ofDatabase]).toEqual(["fail", "has a public address"]);
});

test("a serverless cache is encrypted by itself, and one that does not exist is another check's business", async () => {
  expect((await said(addServerless))[ofCache]).toMatchObject(["pass", expect.anything()]);
  const gone = await said(({ elasticache }) => {
    Object.assign(elasticache, { replicationGroups: [], cacheClusters: [] });
  });
  expect(gone[ofCache]).toMatchObject(["skip", expect.anything()]);
});

test("is unknown, and never green, where the network cannot be read", async () => {
  const found = await inspect(check, () => {}, { denied: ["ec2:DescribeSecurityGroups"] });
  expect(found).toMatchObject([{ subject: `store:${ofCache}` }, { subject: `store:${ofDatabase}` }]);
  expect(found.map(({ status }) => status)).toEqual(["unknown", "unknown"]);
});
