import type { Dimension } from "@aws-sdk/client-cloudwatch";
import { expect, test } from "vitest";
import { deleteBackend } from "../fixtures/backend.ts";
import { inspect } from "../fixtures/inspect.ts";
import { addAurora } from "../fixtures/stores.ts";
import { alarm } from "../fixtures/verbs.ts";
import type { Stated } from "../src/config.ts";
import check from "./830-alarm-watches-this-stack.ts";

const unhealthy = "ohmycoins-prod-alb-unhealthy-targets";
const cpu = "ohmycoins-prod-rds-cpu-utilization";
const redis = "ohmycoins-prod-redis-cpu-utilization";

async function said(name: string, change: (dimensions: Dimension[]) => Dimension[], configure: (config: Stated) => void = () => {}) {
  const [found] = await inspect(check, (world, config) => {
    const one = alarm(world, name);
    one.Dimensions = change(one.Dimensions ?? []);
    config.alarms = { [name]: {} };
    configure(config);
  });
  return found;
}

const without = (name: string) => (dimensions: Dimension[]) => dimensions.filter(({ Name }) => Name !== name);
const instead = (name: string, value: string) => (dimensions: Dimension[]) =>
  dimensions.map((one) => (one.Name === name ? { Name: name, Value: value } : one));

test("passes when each alarm names something of this stack", async () => {
  const found = await inspect(check);
  expect(found.map(({ status }) => status)).toEqual(Array(9).fill("pass"));
  expect(found.find(({ subject }) => subject === `alarm:${cpu}`)?.says).toBe("watches ohmycoins-prod-postgres");
});

test("fails without dimensions", async () => {
  expect(await said(cpu, () => [])).toMatchObject({
    status: "fail",
    says: "watches CPUUtilization without dimensions, of nothing in particular",
  });
});

test("fails under dimensions by which AWS does not emit the metric", async () => {
  expect(await said(unhealthy, without("TargetGroup"))).toMatchObject({
    status: "fail",
    says: "watches UnHealthyHostCount by LoadBalancer, by which AWS does not emit it",
    fix: { do: expect.stringContaining("LoadBalancer and TargetGroup") },
  });
});

test("fails when a load balancer, target group or database is not this stack's", async () => {
  const old = "app/ohmycoins-prod-alb/0000000000000000";
  expect(await said(unhealthy, instead("LoadBalancer", old))).toMatchObject({
    status: "fail",
    says: `watches the LoadBalancer ${old}, which is none of this stack's`,
  });
  expect(await said(unhealthy, instead("TargetGroup", "targetgroup/old/1"))).toMatchObject({ status: "fail" });
  expect(await said(cpu, instead("DBInstanceIdentifier", "ohmycoins-prod-postgres-old"))).toMatchObject({
    status: "fail",
    fix: { do: "Let it watch ohmycoins-prod-postgres." },
  });
});

test("a cache may be named by any node that it has, and by no other", async () => {
  for (const [node, status] of [
    ["ohmycoins-prod-redis-002", "pass"],
    ["ohmycoins-prod-redis-003", "fail"],
    // The metrics of a group are those of its nodes.
    ["ohmycoins-prod-redis", "fail"],
    ["ohmycoins-prod-redis-old-001", "fail"],
  ] as const)
    expect(await said(redis, instead("CacheClusterId", node)), node).toMatchObject({ status });
});

test("where a cache is gone, its nodes are taken by their usual names", async () => {
  for (const [node, status] of [
    ["ohmycoins-prod-redis-003", "pass"],
    ["ohmycoins-prod-redis-0001-002", "pass"],
    ["ohmycoins-prod-redis-old-001", "fail"],
  ] as const) {
    const [found] = await inspect(check, (world, config) => {
      alarm(world, redis).Dimensions = [{ Name: "CacheClusterId", Value: node }];
      config.alarms = { [redis]: {} };
      Object.assign(world.elasticache, { replicationGroups: [], cacheClusters: [] });
    });
    expect(found, node).toMatchObject({ status });
  }
});

test("a cluster's instances may be watched, whatever they are called", async () => {
  const [found] = await inspect(check, (world, config) => {
    addAurora(world);
    alarm(world, cpu).Dimensions = [{ Name: "DBInstanceIdentifier", Value: "ohmycoins-prod-postgres-2" }];
    config.alarms = { [cpu]: {} };
  });
  expect(found).toMatchObject({ status: "pass", says: "watches ohmycoins-prod-postgres-2" });
});

test("skips where the configuration knows no database", async () => {
  expect(
    await said(
      cpu,
      (all) => all,
      (config) => void delete config.databases,
    ),
  ).toMatchObject({ status: "skip" });
});

test("the application's own metrics need no dimensions", async () => {
  const [found] = await inspect(check, (world, config) => {
    config.alarms = { [cpu]: {} };
    Object.assign(alarm(world, cpu), { Namespace: "OhMyCoins", MetricName: "FailedLogins", Dimensions: [] });
  });
  expect(found).toMatchObject({ status: "skip" });
});

test("every metric of an expression counts", async () => {
  const [found] = await inspect(check, (world, config) => {
    config.alarms = { [cpu]: {} };
    const { MetricName, Namespace, Statistic: _s, Period: _p, Dimensions: _d, ...rest } = alarm(world, cpu);
    const reading = (Id: string, Value: string) => {
      const Metric = { Namespace, MetricName, Dimensions: [{ Name: "DBInstanceIdentifier", Value }] };
      return { Id, MetricStat: { Metric, Stat: "Average", Period: 300 } };
    };
    const Metrics = [{ Id: "e", Expression: "MAX([a, b])" }, reading("a", "ohmycoins-prod-postgres"), reading("b", "gone")];
    world.cloudwatch.metricAlarms = [{ ...rest, Metrics }];
  });
  expect(found).toMatchObject({ status: "fail", says: "watches the DBInstanceIdentifier gone, which is none of this stack's" });
});

test("is unknown while nobody knows the target groups, for the alarms that name one", async () => {
  const found = await inspect(check, () => {}, { denied: ["elasticloadbalancing:DescribeTargetGroups"] });
  const unknown = found.filter(({ status }) => status === "unknown").map(({ subject }) => subject);
  expect(unknown).toEqual(["5xx-errors", "target-response-time", "unhealthy-targets"].map((name) => `alarm:ohmycoins-prod-alb-${name}`));
});

test("does not call a target group a stranger because the service that it belongs to was deleted", async () => {
  const found = await inspect(check, deleteBackend);
  expect(found.find(({ subject }) => subject === `alarm:${unhealthy}`)).toMatchObject({ status: "skip" });
});
