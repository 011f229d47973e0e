import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { complete, configSchema } from "./config.ts";

test("the example states every key that there is", () => {
  const example = parse(readFileSync(new URL("../examples/ohmycoins-prod.seaworthy.yaml", import.meta.url), "utf8"));
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
