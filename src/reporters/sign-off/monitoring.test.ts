import { expect, test } from "vitest";
import type { Incident } from "../../../fixtures/incident.ts";
import muted from "../../../fixtures/incidents/alarm-muted.ts";
import composite from "../../../fixtures/incidents/composite-alarm.ts";
import unconfirmed from "../../../fixtures/incidents/subscription-pending.ts";
import { play } from "../../../fixtures/play.ts";
import { alarm } from "../../../fixtures/verbs.ts";
import type { Table } from "./blocks.ts";
import { monitoringSection } from "./monitoring.ts";
import { standOf } from "./readings.ts";
import { alarmsInShort, dashboardsInShort } from "./watches.ts";

const cpu = "ohmycoins-prod-rds-cpu-utilization";
const errors = "ohmycoins-prod-alb-5xx-errors";

async function monitored(story: Partial<Incident>) {
  const { report, snapshot } = await play(story, { scene: "sign-off" });
  const stand = standOf(report, snapshot);
  const tables = monitoringSection(stand).blocks.filter((block): block is Table => block.kind === "table");
  const rows = tables.flatMap(({ rows }) => rows.map((row) => row.map(({ text }) => text)));
  return {
    row: (name: string) => rows.find(([first]) => first === name) ?? [],
    alarms: alarmsInShort(stand).says,
    boards: dashboardsInShort(stand),
  };
}

test("who is told of what, how each alarm is set, and on which dashboard it is drawn", async () => {
  const { row, alarms, boards } = await monitored({});
  expect(alarms).toBe("9 alarms watch the stack, and all of them notify somebody.");
  expect(boards).toMatchObject([{ says: "There is a dashboard: ohmycoins-prod." }]);
  expect(row("database:ohmycoins-prod-postgres")).toEqual([
    "database:ohmycoins-prod-postgres",
    "3",
    "email platform@ohmycoins.com (ohmycoins-prod-alerts)",
    "none in ALARM",
    "ohmycoins-prod",
  ]);
  expect(row(cpu).slice(1, 3)).toEqual(["database:ohmycoins-prod-postgres", "CPUUtilization, Average of 300 s, > 80, 2 times in a row"]);
});

test("a subscription that nobody has confirmed reaches nobody", async () => {
  const { row, alarms } = await monitored(unconfirmed);
  expect(alarms).toContain("9 alarms watch the stack, none notifies anybody");
  expect(row(cpu)[4]).toBe("nobody: the topic ohmycoins-prod-alerts has only subscriptions that nobody has confirmed");
});

test("one that is muted or switched off tells nobody, though it has an action", async () => {
  expect((await monitored(muted)).row(cpu)[4]).toBe("nobody: the mute rule database-migration silences it");
  const off = await monitored({ change: (world) => void Object.assign(alarm(world, cpu), { ActionsEnabled: false }) });
  expect(off.row(cpu)[4]).toBe("nobody: its actions are disabled");
  expect(off.alarms).toBe("9 alarms watch the stack, 1 of them notifies nobody.");
});

test("an alarm is heard by way of a composite one over it", async () => {
  const { row, alarms } = await monitored({
    change(world, config) {
      composite.change(world, config);
      Object.assign(alarm(world, errors), { AlarmActions: [] });
    },
  });
  expect(row(errors)[4]).toBe("email platform@ohmycoins.com (ohmycoins-prod-alerts)");
  expect(alarms).toBe("10 alarms watch the stack, and all of them notify somebody.");
});

test("an action that only scales tells nobody", async () => {
  const AlarmActions = ["arn:aws:autoscaling:ap-southeast-2:220711411889:scalingPolicy:x"];
  const { row } = await monitored({ change: (world) => void Object.assign(alarm(world, cpu), { AlarmActions }) });
  expect(row(cpu)[4]).toBe("nobody: it has no action that notifies anybody");
});

test("the trap: what could not be read is neither heard nor unheard", async () => {
  const blind = await monitored({ denied: ["sns:ListSubscriptionsByTopic"] });
  expect(blind.row(cpu)[4]).toBe("not known: it is not known whom the topic ohmycoins-prod-alerts reaches");
  expect(blind.alarms).toBe("9 alarms watch the stack; of 9 it is not known whom they reach.");
  const unmuted = await monitored({ denied: ["cloudwatch:ListAlarmMuteRules"] });
  expect(unmuted.row(cpu)[4]).toBe("not known: it is not known whether it is muted");
  expect(unmuted.alarms).toBe("9 alarms watch the stack; of 9 it is not known whom they reach.");
  const blinder = await monitored({ denied: ["cloudwatch:DescribeAlarms", "cloudwatch:GetDashboard"] });
  expect(blinder.alarms).toBe("0 alarms watch the stack; of 9 it is not known whom they reach.");
  expect(blinder.boards).toMatchObject([{ says: "Whether there is a dashboard ohmycoins-prod is not known." }]);
});
