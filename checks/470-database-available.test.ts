import type { DBInstance } from "@aws-sdk/client-rds";
import { expect, test } from "vitest";
import { atRest } from "../fixtures/at-rest.ts";
import { service } from "../fixtures/find.ts";
import { inspect } from "../fixtures/inspect.ts";
import { addAurora, createDatabase, database, postgres, stopDatabase } from "../fixtures/stores.ts";
import { rest, taskDefinition } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./470-database-available.ts";

const scenes = ["pre-scale-up", "post-deploy", "sign-off"] as const;
const subject = `database:${postgres}`;
const having =
  (change: Partial<DBInstance>) =>
  (world: World): void => {
    Object.assign(database(world), change);
  };

test("passes while the database is available, and while it is backed up, modified or tuned", async () => {
  expect(await inspect(check)).toMatchObject([{ subject, status: "pass", says: "is available" }]);
  for (const status of ["backing-up", "modifying", "maintenance", "storage-optimization", "configuring-log-exports"])
    expect(await inspect(check, having({ DBInstanceStatus: status }))).toMatchObject([{ status: "pass", says: `is ${status}` }]);
});

test("fails when there is no database of that name", async () => {
  const [found] = await inspect(check, ({ rds }) => {
    rds.instances = [];
  });
  expect(found).toMatchObject({ subject, status: "fail", says: "does not exist" });
});

test("fails in a status that does not serve, with what mends it", async () => {
  const full = having({ DBInstanceStatus: "storage-full", AllocatedStorage: 105 });
  expect(await inspect(check, full)).toMatchObject([
    { status: "fail", fix: { run: [expect.stringMatching(/modify-db-instance .*--allocated-storage 126 --apply-immediately/)] } },
  ]);
  for (const status of ["incompatible-parameters", "inaccessible-encryption-credentials", "failed", "deleting"])
    expect(await inspect(check, having({ DBInstanceStatus: status }))).toMatchObject([
      { status: "fail", says: `is ${status}`, fix: { run: [expect.stringMatching(/describe-events .*--source-identifier/)] } },
    ]);
});

test("is pending while it starts, reboots, is upgraded or is created", async () => {
  for (const status of ["starting", "rebooting", "upgrading"])
    expect(await inspect(check, having({ DBInstanceStatus: status }))).toMatchObject([{ status: "pending" }]);
  expect(await inspect(check, createDatabase)).toMatchObject([{ status: "pending", says: "is creating" }]);
});

test("stopped while the services rest, it passes before scaling up and at a sign-off", async () => {
  const said = await Promise.all(scenes.map(async (scene) => (await inspect(check, atRest, { scene }))[0]));
  expect(said.map((one) => one?.status)).toEqual(["pass", "fail", "pass"]);
  expect(said[0]).toMatchObject({
    says: "is stopped, as the services are at rest",
    evidence: { restartsAt: "2026-01-25T02:40:00.000Z", awake: [] },
  });
});

test("stopped while its users should run, it fails in every scene, and says how to start it", async () => {
  for (const scene of scenes)
    expect(await inspect(check, (world) => stopDatabase(world), { scene })).toMatchObject([
      {
        status: "fail",
        says: "is stopped, while ohmycoins-prod-backend should run",
        fix: { run: [expect.stringMatching(/rds start-db-instance/), expect.stringMatching(/rds wait db-instance-available/)] },
      },
    ]);
});

test("a service that does not name it may well run, unless none does: then any service may be its user", async () => {
  const frontendAwake = (world: World) => {
    atRest(world);
    service(world, "ohmycoins-prod-frontend").desiredCount = 2;
  };
  expect(await inspect(check, frontendAwake, { scene: "pre-scale-up" })).toMatchObject([{ status: "pass" }]);

  const named = (world: World) => {
    frontendAwake(world);
    for (const container of taskDefinition(world, "ohmycoins-prod-backend").containerDefinitions ?? []) container.environment = [];
  };
  expect(await inspect(check, named, { scene: "pre-scale-up" })).toMatchObject([
    { status: "fail", says: "is stopped, while ohmycoins-prod-frontend should run" },
  ]);
});

test("one that is being stopped cannot be started yet", async () => {
  const stopping = (world: World) => {
    rest(world);
    database(world).DBInstanceStatus = "stopping";
  };
  expect(await inspect(check, stopping, { scene: "pre-scale-up" })).toMatchObject([{ status: "pending" }]);
  expect(await inspect(check, stopping, { scene: "sign-off" })).toMatchObject([{ status: "pass" }]);
});

test("is not fooled by a status that nobody has met: that is neither good nor bad", async () => {
  expect(await inspect(check, having({ DBInstanceStatus: "recalibrating" }))).toMatchObject([{ status: "unknown" }]);
});

test("a cluster serves by its writer, and one without an instance does not serve", async () => {
  expect(await inspect(check, addAurora)).toMatchObject([{ status: "pass", says: "is available" }]);

  const reader = await inspect(check, (world) => {
    addAurora(world);
    Object.assign(world.rds.instances[1] ?? {}, { DBInstanceStatus: "rebooting" });
  });
  expect(reader).toMatchObject([{ status: "pass", says: `is available, its ${postgres}-2 rebooting` }]);

  const writer = await inspect(check, (world) => {
    addAurora(world);
    Object.assign(world.rds.instances[0] ?? {}, { DBInstanceStatus: "storage-full" });
  });
  expect(writer).toMatchObject([{ status: "fail", says: `is available, its ${postgres}-1 storage-full` }]);

  const empty = await inspect(check, (world) => {
    addAurora(world);
    world.rds.instances = [];
  });
  expect(empty).toMatchObject([{ status: "fail", says: "is available, and has no instance to serve from" }]);
});

test("skips where no database is configured, and is unknown where it may not be asked for", async () => {
  const none = await inspect(check, (_world, config) => {
    config.databases = {};
  });
  expect(none).toMatchObject([{ subject: "deployment:ohmycoins-prod", status: "skip" }]);
  for (const action of ["rds:DescribeDBInstances", "rds:DescribeDBClusters"])
    expect(await inspect(check, () => {}, { denied: [action] })).toMatchObject([{ subject, status: "unknown", because: { action } }]);
});
