import { expect, test } from "vitest";
import { type Change, inspect } from "../fixtures/inspect.ts";
import type { World } from "../fixtures/world.ts";
import check from "./910-terraform-unlocked.ts";

const state = "ohmycoins-terraform-state/env:/production/production/terraform.tfstate";
const [table, file] = ["terraform-lock:ohmycoins-terraform-lock", `terraform-lock:${state}.tflock`];
const info = { ID: "6c1f8b52-0b54", Operation: "OperationTypeApply", Who: "ada@laptop", Version: "1.9.8", Created: "2026-01-17T22:41:09Z" };

const lock =
  (id: string, about: string = JSON.stringify(info)) =>
  ({ dynamodb }: World) =>
    void dynamodb.tables[0]?.items.push({ LockID: { S: id }, Info: { S: about } });
const lockFile =
  (body: string): Change =>
  ({ s3 }) =>
    void Object.assign(s3.buckets[0]?.objects ?? {}, { [`${state.replace(/^[^/]*\//, "")}.tflock`]: { body, modified: new Date(0) } });
const statusesOf = (found: Awaited<ReturnType<typeof inspect>>) => found.map(({ subject, status }) => [subject, status]);

test("passes when neither the table nor the bucket has a lock", async () => {
  expect(statusesOf(await inspect(check))).toEqual([
    [table, "pass"],
    [file, "pass"],
  ]);
});

test("fails with who holds the lock and since when, and how to release it", async () => {
  const [held, free] = await inspect(check, lock(state));
  expect(held).toMatchObject({
    subject: table,
    status: "fail",
    says: "is held by ada@laptop since 2026-01-17T22:41:09Z",
    evidence: { operation: "OperationTypeApply" },
    fix: { run: ["terraform force-unlock 6c1f8b52-0b54"] },
  });
  expect(held?.fix?.do).toMatch(/^Ask ada@laptop whether OperationTypeApply is still running/);
  expect(free).toMatchObject({ status: "pass" });
  expect(statusesOf(await inspect(check, lockFile(JSON.stringify(info))))).toEqual([
    [table, "pass"],
    [file, "fail"],
  ]);
});

test("asks the bucket alone where no table is configured, and skips where no state is", async () => {
  const inS3: Change = (_world, config) => {
    config.terraform = { state: `s3://${state}` };
  };
  expect(statusesOf(await inspect(check, inS3))).toEqual([[file, "pass"]]);
  const nowhere: Change = (_world, config) => {
    config.terraform = { lockTable: "ohmycoins-terraform-lock" };
  };
  expect(await inspect(check, nowhere)).toMatchObject([
    { status: "skip", says: "the configuration does not say where Terraform keeps its state" },
  ]);
});

test("is not fooled by the digest, by another state's lock, nor by a lock that says nothing", async () => {
  expect(statusesOf(await inspect(check, lock("ohmycoins-terraform-state/staging.tfstate")))[0]).toEqual([table, "pass"]);
  const [mute] = await inspect(check, lock(state, "not JSON"));
  expect(mute).toMatchObject({ status: "fail", says: "is held by somebody who left no name", fix: { run: [] } });
});

test("what may not be looked at is unknown, and a table that is elsewhere too", async () => {
  const refused = await inspect(check, () => {}, { denied: ["s3:GetObject"] });
  expect(statusesOf(refused)).toEqual([
    [table, "pass"],
    [file, "unknown"],
  ]);
  const elsewhere: Change = ({ dynamodb }) => {
    dynamodb.tables = [];
  };
  expect(statusesOf(await inspect(check, elsewhere))[0]).toEqual([table, "unknown"]);
});
