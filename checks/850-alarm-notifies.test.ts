import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { alarm } from "../fixtures/verbs.ts";
import check from "./850-alarm-notifies.ts";

const evictions = "ohmycoins-prod-redis-evictions";
const arn = (service: string, name: string) => `arn:aws:${service}:ap-southeast-2:220711411889:${name}`;
const alerts = arn("sns", "ohmycoins-prod-alerts");

async function said(actions: string[], topics: string[] | null = ["ohmycoins-prod-alerts"]) {
  const [found] = await inspect(check, (world, config) => {
    config.alarms = { [evictions]: {} };
    if (topics) config.notifications = { topics };
    else delete config.notifications;
    alarm(world, evictions).AlarmActions = actions;
  });
  return found;
}

test("passes when every alarm notifies a configured topic", async () => {
  expect((await inspect(check, (_, config) => void delete config.waivers)).map(({ status }) => status)).toEqual(Array(9).fill("pass"));
});

test("fails without an action, and gives a command that adds one and keeps the rest", async () => {
  const found = await said([]);
  expect(found).toMatchObject({ status: "fail", says: "has no action that notifies anybody" });
  expect(found?.fix?.run[0]).toContain(`"AlarmActions":["${alerts}"]`);
  expect(found?.fix?.run[0]).toContain('"MetricName":"Evictions"');
});

test("fails when it notifies another topic than the configured ones, also one of a like name", async () => {
  expect(await said([arn("sns", "staging-alerts")])).toMatchObject({ status: "fail", says: "notifies none of ohmycoins-prod-alerts" });
  expect(await said([arn("sns", "old-ohmycoins-prod-alerts")])).toMatchObject({ status: "fail" });
});

test("what scales or reboots tells nobody; an incident, a ticket or a function may", async () => {
  expect(await said([arn("autoscaling", "scalingPolicy:x"), "arn:aws:automate:ap-southeast-2:ec2:reboot"], null)).toMatchObject({
    status: "fail",
  });
  expect(await said([arn("lambda", "function:page")], null)).toMatchObject({ status: "pass" });
  expect(await said([arn("ssm", "opsitem:1")], null)).toMatchObject({ status: "pass" });
  expect(await said([arn("lambda", "function:page")])).toMatchObject({ status: "fail" });
});

test("actions for OK are no actions for ALARM", async () => {
  const [found] = await inspect(check, (world, config) => {
    config.alarms = { [evictions]: {} };
    Object.assign(alarm(world, evictions), { AlarmActions: [], OKActions: [alerts] });
  });
  expect(found).toMatchObject({ status: "fail" });
});

test("a silent alarm passes by way of a configured composite alarm that notifies", async () => {
  const found = await inspect(check, (world, config) => {
    config.alarms = { [evictions]: {}, all: {} };
    alarm(world, evictions).AlarmActions = [];
    const own = { AlarmName: "all", AlarmArn: arn("cloudwatch", "alarm:all"), ActionsEnabled: true, AlarmActions: [alerts] };
    world.cloudwatch.compositeAlarms.push({ ...own, AlarmRule: `ALARM(${evictions}) OR ALARM(other)`, StateValue: "OK" });
  });
  expect(found.map(({ status }) => status)).toEqual(["pass", "pass"]);
  expect(found.find(({ subject }) => subject === `alarm:${evictions}`)?.says).toBe("notifies by way of all");
});
