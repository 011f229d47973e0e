import type { AlarmMuteRuleStatus } from "@aws-sdk/client-cloudwatch";
import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { muteRules } from "./mute-rules.ts";

const rule = (name: string, Status: AlarmMuteRuleStatus) => ({
  Name: name,
  AlarmMuteRuleArn: `arn:aws:cloudwatch:ap-southeast-2:220711411889:alarm-mute-rule:${name}`,
  Status,
  MuteTargets: { AlarmNames: ["ohmycoins-prod-redis-evictions"] },
});

test("only the rules that are active are read, with the alarms that they silence", async () => {
  const { readings } = await reading(muteRules, (world) => {
    world.cloudwatch.muteRules = [rule("tonight", "SCHEDULED"), rule("now", "ACTIVE"), rule("then", "EXPIRED")];
  });
  expect(readings["active"]).toMatchObject({
    value: { rules: [{ name: "now", alarms: ["ohmycoins-prod-redis-evictions"], until: null }] },
  });
});

test("with no rule the list is known to be empty, and where it is refused nothing is known", async () => {
  expect((await reading(muteRules)).readings["active"]).toMatchObject({ state: "known", value: { rules: [] } });
  const refused = await reading(muteRules, () => {}, { denied: ["cloudwatch:ListAlarmMuteRules"] });
  expect(refused.readings["active"]).toMatchObject({ state: "unknown", kind: "denied", action: "cloudwatch:ListAlarmMuteRules" });
});
