import type { DBInstance } from "@aws-sdk/client-rds";
import { expect, test } from "vitest";
import { atRest } from "../fixtures/at-rest.ts";
import { inspect } from "../fixtures/inspect.ts";
import { addAurora, createDatabase, database, postgres } from "../fixtures/stores.ts";
import { minutesAgo } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import type { Stated } from "../src/config.ts";
import check from "./920-backups-restorable.ts";

const subject = `database:${postgres}`;
const look = async (change: (world: World) => void, stated?: NonNullable<Stated["databases"]>[string]) => {
  const [found] = await inspect(
    check,
    (world, config) => {
      change(world);
      if (stated) config.databases = { [postgres]: stated };
    },
    { scene: "sign-off" },
  );
  return found;
};
const having =
  (change: Partial<DBInstance>) =>
  (world: World): void => {
    Object.assign(database(world), change);
  };
const restorable = (minutes: number) => (world: World) => {
  database(world).LatestRestorableTime = minutesAgo(world, minutes);
};

test("passes when the database can be restored to a moment ago", async () => {
  expect(await look(() => {})).toMatchObject({ subject, status: "pass", says: "can be restored to 5 minutes ago" });
  expect(await look(restorable(50))).toMatchObject({ status: "pass" });
});

test("fails when the backups stand still", async () => {
  expect(await look(restorable(26 * 60))).toMatchObject({
    status: "fail",
    says: "can be restored to 2026-01-17T02:00:00.000Z and no later",
    fix: { run: [expect.stringMatching(/describe-events/)] },
  });
  expect(await look(having({ LatestRestorableTime: undefined }))).toMatchObject({ status: "fail", says: "has never been backed up" });
});

test("fails when backups are kept for too short a time, or not at all", async () => {
  expect(await look(having({ BackupRetentionPeriod: 7 }))).toMatchObject({
    status: "fail",
    says: "keeps backups for 7 days, where 30 are meant",
    fix: { run: [expect.stringMatching(/modify-db-instance .*--backup-retention-period 30 --apply-immediately/)] },
  });
  expect(await look(having({ BackupRetentionPeriod: 0 }), {})).toMatchObject({ status: "fail", says: "keeps no backups" });
  expect(await look(having({ BackupRetentionPeriod: 1 }), {})).toMatchObject({ status: "pass" });
});

test("is pending until the first backup, and until a longer retention is applied", async () => {
  expect(await look(createDatabase)).toMatchObject({ status: "pending" });
  const longer = having({ BackupRetentionPeriod: 7, PendingModifiedValues: { BackupRetentionPeriod: 30 } });
  expect(await look(longer)).toMatchObject({ status: "pending" });
});

test("is not fooled by a database that rests, sleeps or copies another", async () => {
  expect(await look(atRest)).toMatchObject({ status: "skip", says: "is stopped: nothing is written that could be lost" });
  const starting = (world: World) => {
    restorable(3 * 24 * 60)(world);
    database(world).DBInstanceStatus = "starting";
  };
  expect(await look(starting)).toMatchObject({ status: "skip", says: "is starting: nothing is written until it serves" });
  const sleeping = (world: World) => {
    addAurora(world);
    Object.assign(world.rds.clusters[0] ?? {}, {
      LatestRestorableTime: minutesAgo(world, 600),
      ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 4 },
    });
  };
  expect(await look(sleeping)).toMatchObject({ status: "skip" });
  expect(await look(having({ BackupRetentionPeriod: 0, ReadReplicaSourceDBInstanceIdentifier: "other" }))).toMatchObject({
    status: "skip",
  });
});
