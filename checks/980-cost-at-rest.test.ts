import { expect, test } from "vitest";
import costly from "../fixtures/incidents/cost-above-the-sum.ts";
import { type Change, inspect } from "../fixtures/inspect.ts";
import type { Line } from "../src/facts/bill-lines.ts";
import check from "./980-cost-at-rest.ts";

const asked = async (change: Change = () => {}, denied: readonly string[] = []) => {
  const [found] = await inspect(check, change, { scene: "pre-scale-up", denied });
  const { total, lines = [] } = (found?.evidence ?? {}) as { total?: number; lines?: readonly Line[] };
  return { ...found, total, lines, line: (item: string) => lines.find((one) => one.item === item) };
};
const inRegion =
  (region: string): Change =>
  (_world, config) => {
    config.region = region;
  };
const unlimited: Change = (_world, config) => void delete config.cost;

test("passes within the sum, and shows what is really there, item by item", async () => {
  const { status, says, line, total } = await asked();
  expect({ status, total }).toEqual({ status: "pass", total: 233.45 });
  expect(says).toMatch(/^is 233\.45 USD a month, within 250\.00 USD: 3 × NAT gateway 129\.21; /);
  expect(line("NAT gateway")).toEqual({
    item: "NAT gateway",
    count: 3,
    price: "0.059 USD per hour",
    monthly: 129.21,
    from: "AWS Price List",
  });
  expect(line("cache.t4g.micro node of redis")).toMatchObject({ count: 2, monthly: 35.04 });
  expect(line("public IPv4 address")).toMatchObject({ count: 6, monthly: 21.9 });
  expect(line("GB of gp3 for postgres, in two zones")).toMatchObject({ count: 100, monthly: 27.6 });
  expect(line("secret")).toMatchObject({ count: 1, monthly: 0.4 });
  expect(line("alarm")).toMatchObject({ count: 9, monthly: 0.9 });
});

test("fails above it: the two nodes that were counted as one are the difference", async () => {
  const { status, says, total = 0, line } = await asked((world, config) => costly.change(world, config));
  expect({ status, total }).toEqual({ status: "fail", total: 165.75 });
  expect(says).toMatch(/^is 165\.75 USD a month, above the 150\.00 USD that it may be: 2 × NAT gateway/);
  expect(total - (line("cache.t4g.micro node of redis")?.monthly ?? 0) / 2).toBeCloseTo(148.23);
});

test("tells the sum where none is configured, and does not ask after a deployment", async () => {
  expect(await asked(unlimited)).toMatchObject({ status: "pass", total: 233.45 });
  expect(await inspect(check)).toEqual([]);
});

test("the table in the package knows the prices where the Price List may not be asked, and says so", async () => {
  const { status, total, line } = await asked(() => {}, ["pricing:GetProducts"]);
  expect({ status, total }).toEqual({ status: "pass", total: 233.45 });
  expect(line("NAT gateway")).toMatchObject({ monthly: 129.21, from: "table of 2026-01-15" });
});

test("what nobody knows the price of is said to be unpriced, and never free", async () => {
  const { status, says, lines } = await asked((world, config) => {
    inRegion("sa-east-1")(world, config);
    unlimited(world, config);
  });
  expect(status).toBe("pass");
  expect(says).toMatch(/^is at least 23\.20 USD a month: .*3 × NAT gateway unpriced/);
  expect(lines.filter(({ monthly }) => monthly === null).map(({ item }) => item)).toContain("cache.t4g.micro node of redis");
  expect(await asked(inRegion("sa-east-1"))).toMatchObject({ status: "unknown", because: { kind: "invalid" } });
});

test("counts interface endpoints by zone, stored alarms by metric, and neither gateways that are gone nor tasks that come and go", async () => {
  const { line } = await asked(({ ec2, cloudwatch }) => {
    const [first, ...rest] = ec2.natGateways;
    Object.assign(first ?? {}, { State: "deleted" });
    const subnets = rest.flatMap(({ SubnetId }) => SubnetId ?? []);
    const [own] = ec2.vpcEndpoints;
    if (own) ec2.vpcEndpoints.push({ ...own, VpcEndpointId: "vpce-1", VpcEndpointType: "Interface", SubnetIds: subnets });
    const [eni] = ec2.networkInterfaces;
    const task = "arn:aws:ecs:ap-southeast-2:220711411889:attachment/3f1a";
    if (eni) ec2.networkInterfaces.push({ ...eni, NetworkInterfaceId: "eni-1", Description: task, Association: { PublicIp: "3.3.3.3" } });
    const [alarm] = cloudwatch.metricAlarms;
    const stat = (MetricName: string) => ({
      Id: MetricName.toLowerCase(),
      MetricStat: { Metric: { Namespace: "AWS/RDS", MetricName }, Period: 60, Stat: "Sum" },
    });
    Object.assign(alarm ?? {}, { MetricName: undefined, Metrics: [stat("ReadIOPS"), stat("WriteIOPS")] });
  });
  expect(line("NAT gateway")).toMatchObject({ count: 2 });
  expect(line("VPC endpoint in a zone")).toMatchObject({ count: 2, monthly: 18.98 });
  expect(line("public IPv4 address")).toMatchObject({ count: 6 });
  expect(line("alarm")).toMatchObject({ count: 10 });
});
