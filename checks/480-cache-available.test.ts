import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { addServerless, addShards, cache, cacheIs, cacheNodes, redis } from "../fixtures/stores.ts";
import type { World } from "../fixtures/world.ts";
import check from "./480-cache-available.ts";

const subject = `cache:${redis}`;
const nodeIs = (status: string) => (world: World) => {
  Object.assign(cacheNodes(world)[1] ?? {}, { CacheClusterStatus: status });
};

test("passes while the group and its nodes are available, snapshotting or modified", async () => {
  expect(await inspect(check)).toMatchObject([{ subject, status: "pass", says: "is available, with 2 nodes" }]);
  for (const status of ["snapshotting", "modifying"])
    expect(await inspect(check, (world) => cacheIs(world, status))).toMatchObject([{ status: "pass" }]);
});

test("fails when there is no cache of that name, and when it is being deleted", async () => {
  const gone = await inspect(check, ({ elasticache }) => {
    Object.assign(elasticache, { replicationGroups: [], cacheClusters: [] });
  });
  expect(gone).toMatchObject([{ subject, status: "fail", says: "does not exist" }]);
  expect(await inspect(check, (world) => cacheIs(world, "deleting"))).toMatchObject([{ status: "fail", says: "is deleting" }]);
});

test("fails when one node does not serve, though the group says that it is available", async () => {
  expect(await inspect(check, nodeIs("incompatible-network"))).toMatchObject([
    { subject, status: "fail", says: `is available, its node ${redis}-002 incompatible-network` },
  ]);
});

test("is pending while it is created, and while a node comes back", async () => {
  expect(await inspect(check, (world) => cacheIs(world, "creating"))).toMatchObject([{ status: "pending", says: "is creating" }]);
  for (const status of ["creating", "rebooting cluster nodes"])
    expect(await inspect(check, nodeIs(status))).toMatchObject([{ status: "pending" }]);
});

test("is not fooled by a status that nobody has met, nor by a group whose nodes cannot be read", async () => {
  expect(await inspect(check, nodeIs("recalibrating"))).toMatchObject([{ status: "unknown" }]);
  for (const action of ["elasticache:DescribeReplicationGroups", "elasticache:DescribeCacheClusters"])
    expect(await inspect(check, () => {}, { denied: [action] })).toMatchObject([{ subject, status: "unknown", because: { action } }]);
});

test("a cache may have many shards, one node, or none that anybody sees", async () => {
  expect(await inspect(check, addShards)).toMatchObject([{ status: "pass", says: "is available, with 4 nodes" }]);
  expect(await inspect(check, addServerless)).toMatchObject([{ status: "pass", says: "is available" }]);
  const alone = await inspect(check, (world) => {
    const [node] = cacheNodes(world);
    world.elasticache.replicationGroups = [];
    world.elasticache.cacheClusters = node ? [{ ...node, CacheClusterId: redis, Engine: "memcached" }] : [];
  });
  expect(alone).toMatchObject([{ status: "pass", says: "is available, with 1 node" }]);
});

test("skips where no cache is configured", async () => {
  const none = await inspect(check, (_world, config) => {
    config.caches = {};
  });
  expect(none).toMatchObject([{ subject: "deployment:ohmycoins-prod", status: "skip" }]);
});

test("names are found in any case, as ElastiCache finds them", async () => {
  const found = await inspect(check, (world, config) => {
    config.caches = { OhMyCoins: {} };
    cache(world).ReplicationGroupId = "ohmycoins";
  });
  expect(found).toMatchObject([{ subject: "cache:OhMyCoins", status: "pass" }]);
});
