import { expect, test } from "vitest";
import { ohmycoinsConfig } from "../fixtures/configuration.ts";
import { complete, configSchema, milliseconds } from "./config.ts";

test("the example states every key that there is", () => {
  const example = ohmycoinsConfig();
  expect(Object.keys(configSchema.shape).filter((key) => !Object.hasOwn(example, key))).toEqual([]);
});

test("only deployment, cluster and services must be stated, and the sections that were not are empty", () => {
  const config = complete(configSchema.parse({ deployment: "d", cluster: "c", services: {} }));
  expect(config).toMatchObject({ secrets: {}, alarms: {}, endpoints: {}, waivers: [], inferred: [] });
  expect(configSchema.safeParse({ deployment: "d", cluster: "c" }).success).toBe(false);
});

test.each([
  ["a misspelt section", { secret: {} }],
  ["a misspelt key of a service", { services: { web: { desired: 2 } } }],
  ["an account that lost its zeros", { account: 12345678901 }],
  ["a duration without a unit", { endpoints: { e: { url: "http://x/", expect: { within: "2" } } } }],
  ["a waiver without an owner", { waivers: [{ check: "a", subject: "b", reason: "c", expires: "2026-01-01" }] }],
])("%s is an error", (_, wrong) => {
  expect(configSchema.safeParse({ deployment: "d", cluster: "c", services: {}, ...wrong }).success).toBe(false);
});

test.each([
  ["500ms", 500],
  ["2s", 2000],
  ["1.5m", 90_000],
  ["1h", 3_600_000],
  ["0", 0],
])("%s is %i milliseconds", (text, expected) => {
  expect(milliseconds(text)).toBe(expected);
});

test.each(["", "5", "-1s", "1d", "s"])("%j is no duration", (text) => {
  expect(() => milliseconds(text)).toThrow(RangeError);
});
