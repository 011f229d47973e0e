import { expect, test } from "vitest";
import { found } from "../fixtures/find.ts";
import { inspect } from "../fixtures/inspect.ts";
import { securityGroup } from "../fixtures/ohmycoins/names.ts";
import { service, targetGroup } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./430-ingress-possible.ts";

const backend = "ohmycoins-prod-backend";
const own = securityGroup(`${backend} tasks`);

/** What lets something in, in the security group of the backend's tasks. */
function admit(world: World, rules: NonNullable<World["ec2"]["securityGroups"][number]["IpPermissions"]>): void {
  found(world.ec2.securityGroups, ({ GroupId }) => GroupId === own, "security group").IpPermissions = rules;
}

const from = (port: number, peer: object) => ({ IpProtocol: "tcp", FromPort: port, ToPort: port, ...peer });
const cidr = (CidrIp: string) => ({ IpRanges: [{ CidrIp }] });
const group = (GroupId: string) => ({ UserIdGroupPairs: [{ GroupId }] });
const ofBackend = async (change: (world: World) => void, circumstances = {}) =>
  (await inspect(check, change, circumstances)).find(({ subject }) => subject === `service:${backend}`);

test("passes where the tasks' security group admits the load balancer's", async () => {
  expect(await inspect(check)).toMatchObject([
    { status: "pass", says: "lets ohmycoins-prod-alb in on port 8000" },
    { status: "pass", says: "lets ohmycoins-prod-alb in on port 3000" },
  ]);
});

test("fails where it admits another port or another group alone, and says which command admits the load balancer", async () => {
  expect(await ofBackend((world) => admit(world, [from(8080, group(securityGroup("alb")))]))).toMatchObject({
    status: "fail",
    says: "does not let ohmycoins-prod-alb in on port 8000",
    fix: { run: [expect.stringContaining(`--group-id ${own} --protocol tcp --port 8000 --source-group ${securityGroup("alb")}`)] },
  });
  expect(await ofBackend((world) => admit(world, [from(8000, group("sg-0old"))]))).toMatchObject({ status: "fail" });
  expect(await ofBackend((world) => admit(world, []))).toMatchObject({ status: "fail" });
});

test("the port of the health check counts too", async () => {
  const checked = (world: World) => Object.assign(targetGroup(world, `${backend}-tg`), { HealthCheckPort: "9000" });
  expect(await ofBackend(checked)).toMatchObject({ status: "fail", says: "does not let ohmycoins-prod-alb in on port 9000" });
});

test.each([
  ["the whole network", cidr("10.0.0.0/16"), "pass"],
  ["everybody", cidr("0.0.0.0/0"), "pass"],
  ["a part of the network", cidr("10.0.1.0/24"), "skip"],
  ["a prefix list", { PrefixListIds: [{ PrefixListId: "pl-1" }] }, "skip"],
  ["another network", cidr("172.16.0.0/12"), "fail"],
])("admitting %s is judged by what it proves", async (_, peer, status) => {
  expect(await ofBackend((world) => admit(world, [from(8000, peer)]))).toMatchObject({ status });
});

test("all protocols and a range of ports are as good as the port", async () => {
  const wide = [{ IpProtocol: "-1", ...group(securityGroup("alb")) }];
  expect(await ofBackend((world) => admit(world, wide))).toMatchObject({ status: "pass" });
  const range = [{ IpProtocol: "tcp", FromPort: 0, ToPort: 65535, ...group(securityGroup("alb")) }];
  expect(await ofBackend((world) => admit(world, range))).toMatchObject({ status: "pass" });
});

test("skips a service without network interfaces of its own, and one behind no load balancer", async () => {
  expect(await ofBackend((world) => void delete service(world, backend).networkConfiguration)).toMatchObject({ status: "skip" });
  expect(
    await ofBackend((world) => {
      service(world, backend).loadBalancers = [];
    }),
  ).toMatchObject({ status: "skip", says: "is behind no load balancer" });
});

test("is unknown where nobody may look at security groups", async () => {
  expect(await ofBackend(() => {}, { denied: ["ec2:DescribeSecurityGroups"] })).toMatchObject({
    status: "unknown",
    because: { action: "ec2:DescribeSecurityGroups" },
  });
});
