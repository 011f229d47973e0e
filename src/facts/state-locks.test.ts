import { expect, test } from "vitest";
import { type Change, reading } from "../../fixtures/inspect.ts";
import { stateLocks } from "./state-locks.ts";

const state = "ohmycoins-terraform-state/env:/production/production/terraform.tfstate";
const file = `${state}.tflock`;

test("nothing in the table and no file are two locks that are absent", async () => {
  const { readings } = await reading(stateLocks);
  expect(Object.entries(readings).map(([name, { state }]) => [name, state])).toEqual([
    ["ohmycoins-terraform-lock", "absent"],
    [file, "absent"],
  ]);
});

test("a lock in S3 tells who took it and when", async () => {
  const { readings } = await reading(stateLocks, ({ s3 }) => {
    const body = JSON.stringify({ ID: "1f", Operation: "OperationTypePlan", Who: "tim@laptop", Created: "2026-01-17T06:02:55Z", Info: "" });
    Object.assign(s3.buckets[0]?.objects ?? {}, { [file.replace(/^[^/]*\//, "")]: { body, modified: new Date(0) } });
  });
  expect(readings[file]).toMatchObject({
    state: "known",
    value: { id: "1f", operation: "OperationTypePlan", who: "tim@laptop", since: "2026-01-17T06:02:55Z" },
  });
});

test.each<[string, Change]>([
  ["table", ({ dynamodb }) => Object.assign(dynamodb, { tables: [] })],
  ["bucket", ({ s3 }) => Object.assign(s3, { buckets: [] })],
])("a %s that is not there is unknown: it may be elsewhere", async (_what, change) => {
  const { readings } = await reading(stateLocks, change);
  expect(Object.values(readings).map((one) => one.state)).toContain("unknown");
});

test("asks for nothing but this state's lock", () => {
  const arn = (service: string, resource: string) => (service === "s3" ? `arn:aws:s3:::${resource}` : `arn:aws:${service}:r:1:${resource}`);
  expect(stateLocks.resources?.({ terraform: { lockTable: "locks", state: "s3://bucket/a/b.tfstate" } } as never, arn)).toEqual({
    "dynamodb:GetItem": ["arn:aws:dynamodb:r:1:table/locks"],
    "s3:GetObject": ["arn:aws:s3:::bucket/a/b.tfstate.tflock"],
    "s3:ListBucket": ["arn:aws:s3:::bucket"],
  });
});
