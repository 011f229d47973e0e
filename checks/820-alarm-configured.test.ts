import type { MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { alarm } from "../fixtures/verbs.ts";
import type { Stated } from "../src/config.ts";
import check from "./820-alarm-configured.ts";

const cpu = "ohmycoins-prod-rds-cpu-utilization";
const errors = "ohmycoins-prod-alb-5xx-errors";

/** What is said of one alarm that is set so, under a configuration that is changed so. */
async function said(name: string, set: Partial<MetricAlarm>, stated: NonNullable<Stated["alarms"]>[string] = {}) {
  const [found] = await inspect(check, (world, config) => {
    Object.assign(alarm(world, name), set);
    config.alarms = { [name]: { ...config.alarms?.[name], ...stated } };
  });
  return found;
}

test("passes when every setting that is stated is so", async () => {
  const found = await inspect(check);
  expect(found.map(({ status }) => status)).toEqual(Array(9).fill("pass"));
});

test("fails with both values, and a command that changes nothing else", async () => {
  const found = await said(cpu, { Threshold: 95, Period: 60 });
  expect(found).toMatchObject({ status: "fail", says: "has threshold 95 where 80 is configured, and period 60 where 300 is configured" });
  const run = found?.fix?.run[0] ?? "";
  expect(run).toContain("aws cloudwatch put-metric-alarm --region ap-southeast-2 --cli-input-json '{");
  expect(run).toContain('"Threshold":80');
  expect(run).toContain('"Period":300');
  expect(run).toContain('"OKActions":["arn:aws:sns:');
});

test("a number of periods is mended together with how many of them must breach, which could not be more", async () => {
  const found = await said(cpu, { EvaluationPeriods: 5, DatapointsToAlarm: 4 });
  expect(found?.fix?.run[0]).toContain('"EvaluationPeriods":2');
  expect(found?.fix?.run[0]).not.toContain("DatapointsToAlarm");
});

test.each<[string, Partial<MetricAlarm>, RegExp]>([
  ["another metric", { MetricName: "ReadIOPS" }, /^has metric ReadIOPS where CPUUtilization is configured$/],
  ["another namespace", { Namespace: "AWS/EC2" }, /^has namespace AWS\/EC2 where AWS\/RDS is configured$/],
  ["another number of periods", { EvaluationPeriods: 5 }, /^has evaluationPeriods 5 where 2 is configured$/],
  ["another comparison", { ComparisonOperator: "GreaterThanOrEqualToThreshold" }, /^has comparison >= where > is configured$/],
  ["another statistic", { Statistic: "Maximum" }, /^has statistic Maximum where Average is configured$/],
  [
    "a band in the place of the threshold",
    { ComparisonOperator: "GreaterThanUpperThreshold", Threshold: undefined },
    /threshold none where 80/,
  ],
])("fails when it has %s", async (_, set, says) => {
  expect(await said(cpu, set)).toMatchObject({ status: "fail", says: expect.stringMatching(says) });
});

test("where no comparison is stated, it must point the way in which things get worse", async () => {
  const storage = "ohmycoins-prod-rds-free-storage";
  expect(await said(storage, {})).toMatchObject({ status: "pass" });
  expect(await said(storage, { ComparisonOperator: "GreaterThanThreshold" })).toMatchObject({
    status: "fail",
    says: "compares with >, while FreeStorageSpace goes down as things get worse",
    fix: { run: [expect.stringContaining('"ComparisonOperator":"LessThanThreshold"')] },
  });
  expect(await said(storage, { ComparisonOperator: "GreaterThanThreshold" }, { comparison: ">" })).toMatchObject({ status: "pass" });
});

test("errors that are counted one by one are seen by their sum alone", async () => {
  expect(await said(errors, { Statistic: "Average" })).toMatchObject({
    status: "fail",
    says: "watches the Average of HTTPCode_Target_5XX_Count, which is always 1 and never > 10",
  });
  expect(await said(errors, { Statistic: "Average" }, { statistic: "average" })).toMatchObject({ status: "pass" });
  expect(await said(errors, { Statistic: "Maximum", Threshold: 0 }, { threshold: 0 })).toMatchObject({ status: "pass" });
});

test("the number of samples is not what they say, but for a heartbeat", async () => {
  const connections = "ohmycoins-prod-rds-database-connections";
  expect(await said(connections, { Statistic: "SampleCount" })).toMatchObject({ status: "fail" });
  const heartbeat = { Statistic: "SampleCount", ComparisonOperator: "LessThanThreshold" } as const;
  expect(await said(connections, heartbeat)).toMatchObject({ status: "pass" });
});

test("a metric of the application's own may be compared and counted as it likes", async () => {
  const own = {
    Namespace: "OhMyCoins",
    MetricName: "CPUUtilization",
    ComparisonOperator: "LessThanThreshold",
    Statistic: "Minimum",
  } as const;
  expect(await said(errors, own, { namespace: "OhMyCoins", metric: "CPUUtilization" })).toMatchObject({ status: "pass" });
});

test("an alarm that scales a service may point the other way", async () => {
  const AlarmActions = ["arn:aws:autoscaling:ap-southeast-2:220711411889:scalingPolicy:x"];
  const scaling: Partial<MetricAlarm> = { ComparisonOperator: "LessThanThreshold", AlarmActions };
  expect(await said("ohmycoins-prod-redis-cpu-utilization", scaling)).toMatchObject({ status: "pass" });
});

test("a composite alarm skips where a metric is configured", async () => {
  const found = await inspect(check, (world, config) => {
    config.alarms = { all: { metric: "CPUUtilization" } };
    const AlarmArn = "arn:aws:cloudwatch:ap-southeast-2:220711411889:alarm:all";
    world.cloudwatch.compositeAlarms.push({
      AlarmName: "all",
      AlarmArn,
      ActionsEnabled: true,
      AlarmRule: `ALARM(${cpu})`,
      StateValue: "OK",
    });
  });
  expect(found).toMatchObject([{ status: "skip" }]);
});

test("an alarm that does not exist skips, since that is answered for elsewhere", async () => {
  const found = await inspect(check, (world) => void world.cloudwatch.metricAlarms.shift());
  expect(found.filter(({ status }) => status !== "pass")).toMatchObject([{ subject: `alarm:${cpu}`, status: "skip" }]);
});

test("an alarm on a query skips, since it watches no metric that could be compared", async () => {
  const Metrics = [{ Id: "q", Expression: 'SELECT MAX(CPUUtilization) FROM SCHEMA("AWS/RDS", DBInstanceIdentifier)', Period: 300 }];
  const without = { MetricName: undefined, Namespace: undefined, Statistic: undefined, Dimensions: undefined, Period: undefined };
  expect(await said(cpu, { ...without, Metrics })).toMatchObject({
    status: "skip",
    says: "watches a query, which the configuration cannot state",
  });
});
