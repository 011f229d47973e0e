import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import check from "./810-alarm-exists.ts";

const evictions = "ohmycoins-prod-redis-evictions";

test("passes for each of the nine alarms", async () => {
  const found = await inspect(check);
  expect(found).toHaveLength(9);
  expect(found.every(({ status }) => status === "pass")).toBe(true);
});

test("fails for the one that does not exist, and no other", async () => {
  const found = await inspect(check, (world) => {
    world.cloudwatch.metricAlarms = world.cloudwatch.metricAlarms.filter(({ AlarmName }) => AlarmName !== evictions);
  });
  expect(found.filter(({ status }) => status !== "pass")).toMatchObject([
    {
      id: `alarm-exists/alarm:${evictions}`,
      status: "fail",
      says: "does not exist",
      fix: { run: [expect.stringContaining("--alarm-name-prefix ohmycoins-prod-redis ")] },
    },
  ]);
});

test("a composite alarm exists as well, though AWS leaves it out unless asked", async () => {
  const found = await inspect(check, (world, config) => {
    config.alarms = { "anything-wrong": {} };
    world.cloudwatch.compositeAlarms.push({
      AlarmName: "anything-wrong",
      AlarmArn: "arn:aws:cloudwatch:ap-southeast-2:220711411889:alarm:anything-wrong",
      ActionsEnabled: true,
      AlarmRule: `ALARM("${evictions}")`,
      StateValue: "OK",
    });
  });
  expect(found).toMatchObject([{ status: "pass", evidence: { type: "composite" } }]);
});

test("small pages hide no alarm, and an alarm of a like name is not it", async () => {
  const found = await inspect(check, (world, config) => {
    world.pageSize = 2;
    config.alarms = { ...config.alarms, "ohmycoins-prod-redis": {} };
  });
  expect(found.filter(({ status }) => status === "fail")).toMatchObject([{ subject: "alarm:ohmycoins-prod-redis" }]);
});

test("is unknown where AWS refuses to say, and skips where no alarm is configured", async () => {
  const refused = await inspect(check, () => {}, { denied: ["cloudwatch:DescribeAlarms"] });
  expect(refused.map(({ status }) => status)).toEqual(Array(9).fill("unknown"));
  expect(await inspect(check, (_, config) => void delete config.alarms)).toMatchObject([{ status: "skip" }]);
});
