import { expect, test } from "vitest";
import { type Change, inspect } from "../fixtures/inspect.ts";
import { alarm } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./840-alarm-enabled.ts";

const evictions = "ohmycoins-prod-redis-evictions";
const storage = "ohmycoins-prod-rds-free-storage";
const arn = (kind: string, name: string) => `arn:aws:cloudwatch:ap-southeast-2:220711411889:${kind}:${name}`;

const only =
  (name: string, change: (world: World) => void): Change =>
  (world, config) => {
    config.alarms = { [name]: {} };
    change(world);
  };

const mute = (world: World, AlarmNames: string[]) =>
  void world.cloudwatch.muteRules.push({
    Name: "night",
    AlarmMuteRuleArn: arn("alarm-mute-rule", "night"),
    Status: "ACTIVE",
    MuteTargets: { AlarmNames },
  });

const compose = (world: World, more: object) =>
  void world.cloudwatch.compositeAlarms.push({
    AlarmName: "all",
    AlarmArn: arn("alarm", "all"),
    ActionsEnabled: true,
    AlarmActions: ["arn:aws:sns:ap-southeast-2:220711411889:ohmycoins-prod-alerts"],
    AlarmRule: `ALARM("${evictions}")`,
    StateValue: "OK",
    ...more,
  });

test("passes when actions are enabled and nothing silences the alarm", async () => {
  expect((await inspect(check)).map(({ status }) => status)).toEqual(Array(9).fill("pass"));
});

test("fails when its actions are disabled", async () => {
  const disabled = only(evictions, (world) => void Object.assign(alarm(world, evictions), { ActionsEnabled: false }));
  expect(await inspect(check, disabled)).toMatchObject([
    { status: "fail", fix: { run: [`aws cloudwatch enable-alarm-actions --region ap-southeast-2 --alarm-names ${evictions}`] } },
  ]);
});

test("fails while a mute rule is active for it, and only for it", async () => {
  expect(
    await inspect(
      check,
      only(evictions, (world) => mute(world, [evictions])),
    ),
  ).toMatchObject([{ status: "fail", says: "is muted by the rule night" }]);
  expect(
    await inspect(
      check,
      only(evictions, (world) => mute(world, [storage])),
    ),
  ).toMatchObject([{ status: "pass" }]);
});

test("fails while its suppressor is in ALARM", async () => {
  const suppressed = (state: "OK" | "ALARM") =>
    only("all", (world) => {
      compose(world, { ActionsSuppressor: storage });
      alarm(world, storage).StateValue = state;
    });
  expect(await inspect(check, suppressed("ALARM"))).toMatchObject([
    { status: "fail", says: `is suppressed by ${storage}, which is in ALARM` },
  ]);
  expect(await inspect(check, suppressed("OK"))).toMatchObject([{ status: "pass" }]);
});

test("an alarm may leave it to a composite alarm to speak", async () => {
  const quiet =
    (more: object): Change =>
    (world, config) => {
      config.alarms = { [evictions]: {}, all: {} };
      alarm(world, evictions).ActionsEnabled = false;
      compose(world, more);
    };
  const of = async (more: object) => (await inspect(check, quiet(more))).find(({ subject }) => subject === `alarm:${evictions}`);
  expect(await of({})).toMatchObject({ status: "pass", says: "leaves it to all to speak" });
  expect(await of({ ActionsEnabled: false })).toMatchObject({ status: "fail" });
  expect(await of({ AlarmRule: `ALARM("${storage}")` })).toMatchObject({ status: "fail" });
});

test("is unknown where mute rules may not be listed: an alarm that may be muted is not said to speak", async () => {
  const found = await inspect(check, () => {}, { denied: ["cloudwatch:ListAlarmMuteRules"] });
  expect(found.map(({ status }) => status)).toEqual(Array(9).fill("unknown"));
});
