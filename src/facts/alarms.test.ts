import type { CompositeAlarm, MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import { expect, test } from "vitest";
import { type Change, reading } from "../../fixtures/inspect.ts";
import { alarm } from "../../fixtures/verbs.ts";
import { redefinition } from "./alarm-types.ts";
import { alarms } from "./alarms.ts";

const cpu = "ohmycoins-prod-rds-cpu-utilization";
const named =
  (name: string): Change =>
  (_, config) => {
    config.alarms = { [name]: {} };
  };

const composite = (name: string, more: Partial<CompositeAlarm>): CompositeAlarm => ({
  AlarmName: name,
  AlarmArn: `arn:aws:cloudwatch:ap-southeast-2:220711411889:alarm:${name}`,
  ActionsEnabled: true,
  AlarmRule: `ALARM("${cpu}") OR AT_LEAST(1, ALARM, (one, "the other"))`,
  StateValue: "OK",
  ...more,
});

test("a metric alarm is read with all that it watches and does", async () => {
  const { readings, links } = await reading(alarms, named(cpu));
  expect(readings[cpu]).toMatchObject({
    state: "known",
    value: {
      type: "metric",
      state: "OK",
      enabled: true,
      actions: ["arn:aws:sns:ap-southeast-2:220711411889:ohmycoins-prod-alerts"],
      comparison: ">",
      threshold: 80,
      evaluationPeriods: 2,
      watches: [
        {
          namespace: "AWS/RDS",
          metric: "CPUUtilization",
          statistic: "Average",
          period: 300,
          dimensions: { DBInstanceIdentifier: "ohmycoins-prod-postgres" },
        },
      ],
    },
  });
  expect(links).toEqual([
    [`alarm:${cpu}`, "topic:arn:aws:sns:ap-southeast-2:220711411889:ohmycoins-prod-alerts"],
    [`alarm:${cpu}`, "database:ohmycoins-prod-postgres"],
  ]);
});

test("a definition can be put anew with one change, and takes nothing that AWS would refuse", async () => {
  const { readings } = await reading(alarms, named(cpu));
  const found = readings[cpu];
  if (found?.state !== "known") throw new Error("it is known");
  const [command, input] = redefinition(found.value, { Threshold: 70, Statistic: undefined });
  expect(command).toBe("put-metric-alarm");
  const definition = JSON.parse(input);
  expect(definition).toMatchObject({ AlarmName: cpu, Threshold: 70, OKActions: found.value.actions, TreatMissingData: "missing" });
  expect(Object.keys(definition).filter((key) => /^State|Timestamp$|Arn$|^Statistic$/.test(key))).toEqual([]);
});

test("a composite alarm is found although AWS leaves it out unless asked, with the alarms it is made of", async () => {
  const { readings } = await reading(alarms, (world, config) => {
    world.cloudwatch.compositeAlarms.push(composite("anything-wrong", {}));
    named("anything-wrong")(world, config);
  });
  expect(readings["anything-wrong"]).toMatchObject({ value: { type: "composite", children: [cpu, "one", "the other"], suppressor: null } });
});

test("the state of a suppressor is asked for, though no one configured it", async () => {
  const suppressed = (suppressor: string) =>
    reading(alarms, (world, config) => {
      alarm(world, cpu).StateValue = "ALARM";
      world.cloudwatch.compositeAlarms.push(composite("anything-wrong", { ActionsSuppressor: suppressor }));
      named("anything-wrong")(world, config);
    });
  const byArn = await suppressed(`arn:aws:cloudwatch:ap-southeast-2:220711411889:alarm:${cpu}`);
  expect(byArn.readings["anything-wrong"]).toMatchObject({ value: { suppressor: { name: cpu, state: "ALARM" } } });
  const gone = await suppressed("gone");
  expect(gone.readings["anything-wrong"]).toMatchObject({ value: { suppressor: { name: "gone", state: null } } });
});

test("an expression keeps the metrics that it is made of, and a lone metric in its form is just that metric", async () => {
  const stat = { Metric: { Namespace: "AWS/ApplicationELB", MetricName: "RequestCount", Dimensions: [] }, Stat: "Sum", Period: 60 };
  const read = (Metrics: MetricDataQuery[]) =>
    reading(alarms, (world, config) => {
      const { MetricName: _m, Namespace: _n, Statistic: _s, Period: _p, Dimensions: _d, ...rest } = alarm(world, cpu);
      world.cloudwatch.metricAlarms = [{ ...rest, Metrics }];
      named(cpu)(world, config);
    });
  const computed = await read([
    { Id: "e", Expression: "m / 2", ReturnData: true },
    { Id: "m", MetricStat: stat, ReturnData: false },
  ]);
  expect(computed.readings[cpu]).toMatchObject({
    value: { computed: true, watches: [{ metric: "RequestCount", statistic: "Sum", period: 60 }] },
  });
  const lone = await read([{ Id: "m", MetricStat: stat }]);
  expect(lone.readings[cpu]).toMatchObject({ value: { computed: false, watches: [{ metric: "RequestCount" }] } });
});

test("an alarm that AWS does not know is absent, one in a state nobody has met is unknown, and so are all when the call is refused", async () => {
  const { readings } = await reading(alarms, (world) => {
    world.cloudwatch.metricAlarms = world.cloudwatch.metricAlarms.slice(0, 1);
    alarm(world, cpu).StateValue = "SNOOZED" as never;
  });
  expect(readings[cpu]).toMatchObject({ state: "unknown", kind: "invalid" });
  expect(readings["ohmycoins-prod-redis-evictions"]).toMatchObject({ state: "absent" });
  const refused = await reading(alarms, () => {}, { denied: ["cloudwatch:DescribeAlarms"] });
  expect(Object.values(refused.readings).every(({ state }) => state === "unknown")).toBe(true);
});
