import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { alarm, topic } from "../../fixtures/verbs.ts";
import { topics } from "./topics.ts";

const arn = "arn:aws:sns:ap-southeast-2:220711411889:ohmycoins-prod-alerts";

test("a configured topic is read by the ARN that the alarms know it by, and named shortly", async () => {
  const { readings, names } = await reading(topics);
  expect(readings["ohmycoins-prod-alerts"]).toMatchObject({ state: "known", value: { arn, key: null, policy: { Statement: [{}, {}] } } });
  expect(names).toEqual({ [arn]: "ohmycoins-prod-alerts" });
});

test("topics that only alarms name are read too", async () => {
  const { readings } = await reading(topics, (world) => {
    alarm(world, "ohmycoins-prod-redis-evictions").AlarmActions = [
      "arn:aws:sns:ap-southeast-2:220711411889:elsewhere",
      "arn:aws:lambda:x:y:function:z",
    ];
  });
  expect(Object.keys(readings).sort()).toEqual(["elsewhere", "ohmycoins-prod-alerts"]);
  expect(readings["elsewhere"]).toMatchObject({ state: "absent" });
});

test("a configured topic that no alarm notifies is looked for where the caller is", async () => {
  const { names } = await reading(topics, (world, config) => {
    config.alarms = {};
    topic(world, "ohmycoins-prod-alerts").Attributes["KmsMasterKeyId"] = "alias/aws/sns";
  });
  expect(names).toEqual({ [arn]: "ohmycoins-prod-alerts" });
});

test("while the alarms are not known, nobody says which topics there are", async () => {
  const { readings, missing } = await reading(topics, () => {}, { denied: ["cloudwatch:DescribeAlarms"] });
  expect(missing).toHaveLength(9);
  expect(Object.keys(readings)).toEqual(["ohmycoins-prod-alerts"]);
});
