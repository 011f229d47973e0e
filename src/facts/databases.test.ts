import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { addAurora, database, postgres, stopDatabase } from "../../fixtures/stores.ts";
import { databases } from "./databases.ts";

test("reads a DB instance: what it is, where it stands, and what is in store for it", async () => {
  const { readings } = await reading(databases, (world) => {
    stopDatabase(world);
    database(world).PendingModifiedValues = { MultiAZ: false, MasterUserPassword: "****" };
  });
  expect(readings[postgres]).toMatchObject({
    state: "known",
    value: {
      form: "instance",
      engine: "postgres",
      version: "17.2",
      status: "stopped",
      condition: "stopped",
      restartsAt: "2026-01-25T02:40:00.000Z",
      instances: [{ id: postgres, class: "db.t4g.small", role: "writer", public: false }],
      multiAz: true,
      next: { multiAz: false, version: "17.2", backupDays: 30 },
      modifications: ["MultiAZ", "MasterUserPassword"],
      storage: { gigabytes: 100, type: "gp3", limit: 500, elastic: false, encrypted: true },
      hosts: [`${postgres}.c7gq2mz0v4kd.ap-southeast-2.rds.amazonaws.com`],
      port: 5432,
      public: false,
      deletionProtection: true,
    },
  });
  expect(JSON.stringify(readings)).not.toContain("****");
});

test("reads a DB cluster with its instances, and knows them by their own names too", async () => {
  const { readings, links } = await reading(databases, addAurora);
  expect(readings[postgres]).toMatchObject({
    state: "known",
    value: {
      form: "cluster",
      engine: "aurora-postgresql",
      multiAz: true,
      instances: [
        { id: `${postgres}-1`, role: "writer", zone: "ap-southeast-2a" },
        { id: `${postgres}-2`, role: "reader", zone: "ap-southeast-2b" },
      ],
      storage: { gigabytes: null, elastic: true },
      port: 5432,
    },
  });
  expect(links).toContainEqual([`database:${postgres}-1`, `database:${postgres}`]);
});

test("one that is neither is absent, and none is asked for where none is configured", async () => {
  const gone = await reading(databases, ({ rds }) => {
    rds.instances = [];
  });
  expect(gone.readings[postgres]).toMatchObject({ state: "absent" });
  const none = await reading(databases, (_world, config) => {
    config.databases = {};
  });
  expect(none.readings).toEqual({});
});

test("finds a name in any case, and is not fooled by one that begins alike", async () => {
  const { readings } = await reading(databases, (_world, config) => {
    config.databases = { "OhMyCoins-Prod-Postgres": {}, "ohmycoins-prod": {} };
  });
  expect(readings["OhMyCoins-Prod-Postgres"]).toMatchObject({ state: "known" });
  expect(readings["ohmycoins-prod"]).toMatchObject({ state: "absent" });
});

test("a status that nobody has met is not known, and neither is what may not be asked", async () => {
  const odd = await reading(databases, (world) => {
    database(world).DBInstanceStatus = "recalibrating";
  });
  expect(odd.readings[postgres]).toMatchObject({ state: "unknown", kind: "invalid" });
  for (const action of ["rds:DescribeDBInstances", "rds:DescribeDBClusters"]) {
    const { readings } = await reading(databases, () => {}, { denied: [action] });
    expect(readings[postgres]).toMatchObject({ state: "unknown", kind: "denied", action });
  }
});
