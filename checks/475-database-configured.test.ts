import type { DBInstance } from "@aws-sdk/client-rds";
import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { addAurora, database, postgres } from "../fixtures/stores.ts";
import type { Stated } from "../src/config.ts";
import check from "./475-database-configured.ts";

const subject = `database:${postgres}`;
const look = async (change: Partial<DBInstance>, stated?: NonNullable<Stated["databases"]>[string]) => {
  const [found] = await inspect(check, (world, config) => {
    Object.assign(database(world), change);
    if (stated) config.databases = { [postgres]: stated };
  });
  return found;
};

test("passes when the database is what the configuration states, or more", async () => {
  expect(await look({})).toMatchObject({ subject, status: "pass" });
  expect(await look({ EngineVersion: "17.6", BackupRetentionPeriod: 35 })).toMatchObject({ status: "pass" });
  expect(await look({}, { multiAz: false })).toMatchObject({ status: "pass" });
});

test.each([
  [{ EngineVersion: "17.1" }, "is of version 17.1, where 17.2 is meant", "--engine-version 17.2"],
  [{ EngineVersion: "16.9" }, "is of version 16.9, where 17.2 is meant", "--engine-version 17.2"],
  [{ MultiAZ: false }, "stands in one zone only", "--multi-az"],
  [{ BackupRetentionPeriod: 7 }, "keeps backups for 7 days, where 30 are meant", "--backup-retention-period 30"],
  [{ MaxAllocatedStorage: undefined }, "has 100 GiB of storage that cannot grow", "--max-allocated-storage 500"],
  [{ MaxAllocatedStorage: 100 }, "has grown to the limit of its storage, 100 GiB", "--max-allocated-storage 200"],
] as const)("fails with %o, and says how to change it", async (change, says, flag) => {
  const found = await look(change as Partial<DBInstance>);
  expect(found).toMatchObject({ status: "fail", says, fix: { run: [expect.stringContaining(`${flag} --apply-immediately`)] } });
});

test("is pending while it is modified or maintained, and while what mends it waits for its window", async () => {
  for (const DBInstanceStatus of ["modifying", "maintenance", "upgrading"])
    expect(await look({ DBInstanceStatus, MultiAZ: false })).toMatchObject({ status: "pending", says: `is ${DBInstanceStatus}` });
  expect(await look({ MultiAZ: false, PendingModifiedValues: { MultiAZ: true } })).toMatchObject({
    status: "pending",
    says: "stands in one zone only, until a modification that is pending is applied",
  });
});

test("a modification that waits and has nothing to do with it changes nothing; one that will undo what is right does", async () => {
  expect(await look({ PendingModifiedValues: { DBInstanceClass: "db.t4g.medium", MasterUserPassword: "****" } })).toMatchObject({
    status: "pass",
    evidence: { modifications: ["DBInstanceClass", "MasterUserPassword"] },
  });
  expect(await look({ PendingModifiedValues: { BackupRetentionPeriod: 1 } })).toMatchObject({
    status: "fail",
    says: "keeps backups for 1 days, where 30 are meant",
  });
});

test("asks of version, zones and backups only what is stated", async () => {
  expect(await look({ EngineVersion: "12.1", MultiAZ: false, BackupRetentionPeriod: 0 }, {})).toMatchObject({ status: "pass" });
});

test("is not fooled by a later version that sorts before, nor by storage that needs no limit", async () => {
  expect(await look({ EngineVersion: "17.10" })).toMatchObject({ status: "pass" });
  expect(await inspect(check, addAurora)).toMatchObject([{ subject, status: "pass" }]);
});

test("skips a database that does not exist, which is another check's business", async () => {
  const [found] = await inspect(check, ({ rds }) => {
    rds.instances = [];
  });
  expect(found).toMatchObject({ subject, status: "skip" });
});

test("an instance of Aurora that is named by itself needs neither a second zone nor room to grow: its cluster has both", async () => {
  const found = await inspect(check, (world, config) => {
    addAurora(world);
    config.databases = { [`${postgres}-1`]: { multiAz: true } };
  });
  expect(found).toMatchObject([{ subject: `${subject}-1`, status: "pass" }]);
});
