import { expect, test } from "vitest";
import { found } from "../fixtures/find.ts";
import { inspect } from "../fixtures/inspect.ts";
import { cacheHost, databaseHost, securityGroup } from "../fixtures/ohmycoins/names.ts";
import { service, taskDefinition } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./435-data-stores-reachable.ts";

const backend = "ohmycoins-prod-backend";
const database = "database:ohmycoins-prod-postgres";
const tasks = securityGroup(`${backend} tasks`);

const groupOf = (world: World, id: string) => found(world.ec2.securityGroups, ({ GroupId }) => GroupId === id, "security group");
const admit =
  (peer: object, port = 5432) =>
  (world: World) => {
    groupOf(world, securityGroup("postgres")).IpPermissions = [{ IpProtocol: "tcp", FromPort: port, ToPort: port, ...peer }];
  };
const group = (GroupId: string) => ({ UserIdGroupPairs: [{ GroupId }] });
const cidr = (CidrIp: string) => ({ IpRanges: [{ CidrIp }] });
const hideHosts = (world: World) => {
  for (const container of taskDefinition(world, backend).containerDefinitions ?? [])
    container.environment = container.environment?.filter(({ value = "" }) => value !== databaseHost && value !== cacheHost) ?? [];
};
const ofDatabase = async (...changes: readonly ((world: World) => void)[]) =>
  (
    await inspect(check, (world) => {
      for (const change of changes) change(world);
    })
  ).find(({ subject }) => subject === database);

test("passes where the service that names its host may connect", async () => {
  expect(await inspect(check)).toMatchObject([
    { subject: "cache:ohmycoins-prod-redis", status: "pass" },
    { subject: database, status: "pass", says: `admits ${backend} on port 5432` },
  ]);
});

test("fails where it admits another group, another port or another range, and says which command mends it", async () => {
  expect(await ofDatabase(admit(group("sg-0old")))).toMatchObject({
    status: "fail",
    says: `does not admit ${backend} on port 5432`,
    fix: { run: [expect.stringContaining(`--group-id ${securityGroup("postgres")} --protocol tcp --port 5432 --source-group ${tasks}`)] },
  });
  expect(await ofDatabase(admit(group(tasks), 3306))).toMatchObject({ status: "fail" });
  expect(await ofDatabase(admit(cidr("10.0.99.0/24")))).toMatchObject({ status: "fail" });
});

test("fails where the tasks themselves may not go out on that port", async () => {
  const shut = (world: World) => {
    groupOf(world, tasks).IpPermissionsEgress = [{ IpProtocol: "tcp", FromPort: 443, ToPort: 443, ...cidr("0.0.0.0/0") }];
  };
  expect(await ofDatabase(shut)).toMatchObject({ status: "fail" });
});

test.each([
  ["the tasks' subnets", cidr("10.0.8.0/21"), "pass"],
  ["one of the tasks' subnets", cidr("10.0.11.0/24"), "fail"],
  ["a prefix list", { PrefixListIds: [{ PrefixListId: "pl-1" }] }, "skip"],
])("admitting %s is judged by what it proves", async (_, peer, status) => {
  expect(await ofDatabase(admit(peer))).toMatchObject({ status });
});

test("where no service's environment names it, one that may connect is enough", async () => {
  expect(await ofDatabase(hideHosts)).toMatchObject({ status: "pass" });
  expect(await ofDatabase(hideHosts, admit(cidr("192.168.0.0/16")))).toMatchObject({ status: "fail", says: "admits nobody on port 5432" });
});

test("is not fooled by a proxy in between, which alone is admitted", async () => {
  expect(await ofDatabase(hideHosts, admit(group("sg-0proxy")))).toMatchObject({ status: "skip" });
});

test("skips a database in another network, and services without network interfaces of their own", async () => {
  expect(
    await ofDatabase((world) => {
      for (const one of world.rds.instances) Object.assign(one.DBSubnetGroup ?? {}, { VpcId: "vpc-0other" });
    }),
  ).toMatchObject({ status: "skip", says: expect.stringContaining("another network") });
  expect(await ofDatabase((world) => void delete service(world, backend).networkConfiguration)).toMatchObject({ status: "skip" });
});
