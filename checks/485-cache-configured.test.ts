import type { ReplicationGroup } from "@aws-sdk/client-elasticache";
import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { addServerless, addShards, cache, cacheIs, cacheNodes, redis, removeReplica } from "../fixtures/stores.ts";
import type { World } from "../fixtures/world.ts";
import type { Stated } from "../src/config.ts";
import check from "./485-cache-configured.ts";

const subject = `cache:${redis}`;
const having = (change: Partial<ReplicationGroup>) => (world: World) => void Object.assign(cache(world), change);
const version = (EngineVersion: string) => (world: World) => {
  for (const node of cacheNodes(world)) node.EngineVersion = EngineVersion;
};
const look = async (change: (world: World) => void, stated?: NonNullable<Stated["caches"]>[string]) => {
  const [found] = await inspect(check, (world, config) => {
    change(world);
    if (stated) config.caches = { [redis]: stated };
  });
  return found;
};

test("passes when the cache is what the configuration states, or more", async () => {
  expect(await look(() => {})).toMatchObject({ subject, status: "pass", evidence: { versions: ["7.0.7"], nodes: 2 } });
  expect(await look(() => {}, { nodes: 1, automaticFailover: false, multiAz: false })).toMatchObject({ status: "pass" });
});

test("fails with a node too few, and all that needs two", async () => {
  expect(await look(removeReplica)).toMatchObject({
    status: "fail",
    says: "has 1 of 2 nodes; does not fail over by itself; stands in one zone only",
    fix: {
      run: [
        expect.stringMatching(/increase-replica-count .*--new-replica-count 1 /),
        expect.stringMatching(/--automatic-failover-enabled --multi-az-enabled --apply-immediately$/),
      ],
    },
  });
});

test("fails with another version, and by whole numbers", async () => {
  expect(await look(version("6.2.6"))).toMatchObject({ status: "fail", says: "is of version 6.2.6, where 7.0 is meant" });
  expect(await look(version("7.1.0"))).toMatchObject({ status: "fail" });
  expect(await look(version("7.1.0"), { engineVersion: "7" })).toMatchObject({ status: "pass" });
});

test("is pending while it is modified or created, or a modification waits", async () => {
  for (const status of ["modifying", "creating"])
    expect(await look((world) => cacheIs(world, status))).toMatchObject({ status: "pending", says: `is ${status}` });
  const enabling = having({ AutomaticFailover: "disabled", PendingModifiedValues: { AutomaticFailoverStatus: "enabled" } });
  expect(await look(enabling)).toMatchObject({
    status: "pending",
    says: "does not fail over by itself, with modifications pending: AutomaticFailoverStatus: enabled",
  });
});

test("a modification that has nothing to do with it excuses nothing, nor one that undoes what is right", async () => {
  const rotating = having({ AutomaticFailover: "disabled", PendingModifiedValues: { AuthTokenStatus: "ROTATING" } });
  expect(await look(rotating)).toMatchObject({ status: "fail", says: "does not fail over by itself" });
  const disabling = having({ PendingModifiedValues: { AutomaticFailoverStatus: "disabled" } });
  expect(await look(disabling)).toMatchObject({ status: "fail", says: "does not fail over by itself" });
});

test("counts the nodes of all shards, and none of a serverless cache", async () => {
  expect(await look(addShards, { nodes: 4, automaticFailover: true, multiAz: true })).toMatchObject({ status: "pass" });
  expect(await look(addShards, { nodes: 6 })).toMatchObject({
    status: "fail",
    says: "has 4 of 6 nodes",
    fix: { run: [expect.stringMatching(/--new-replica-count 2 /)] },
  });
  expect(await look(addServerless, { engineVersion: "7", nodes: 2, automaticFailover: true, multiAz: true })).toMatchObject({
    status: "pass",
  });
});

test("a node on its own never fails over", async () => {
  const alone = (world: World) => {
    const [{ ReplicationGroupId: _, ...node } = {}] = cacheNodes(world);
    world.elasticache.replicationGroups = [];
    world.elasticache.cacheClusters = [{ ...node, CacheClusterId: redis }];
  };
  expect(await look(alone)).toMatchObject({
    status: "fail",
    says: "has 1 of 2 nodes; does not fail over by itself; stands in one zone only",
    fix: { run: [] },
  });
});

test("skips a cache that does not exist, which is another check's business", async () => {
  const found = await look(({ elasticache }) => void Object.assign(elasticache, { replicationGroups: [], cacheClusters: [] }));
  expect(found).toMatchObject({ subject, status: "skip" });
});
