import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { addServerless, addShards, cache, cacheNodes, redis } from "../../fixtures/stores.ts";
import { caches } from "./caches.ts";

test("reads a replication group with its nodes, and knows them by their own names too", async () => {
  const { readings, links } = await reading(caches);
  expect(readings[redis]).toMatchObject({
    state: "known",
    value: {
      form: "replication-group",
      engine: "redis",
      versions: ["7.0.7"],
      status: "available",
      condition: "serving",
      nodes: [
        { id: `${redis}-001`, class: "cache.t4g.micro", status: "available", zone: "ap-southeast-2a" },
        { id: `${redis}-002`, class: "cache.t4g.micro", status: "available", zone: "ap-southeast-2b" },
      ],
      shards: 1,
      automaticFailover: true,
      multiAz: true,
      port: 6379,
      subnetGroup: "ohmycoins-prod-data",
      encrypted: { atRest: true, inTransit: true },
    },
  });
  expect(links).toContainEqual([`cache:${redis}-002`, `cache:${redis}`]);
});

test("reads one of several shards, one of one node, and one of Memcached", async () => {
  const sharded = await reading(caches, addShards);
  expect(sharded.readings[redis]).toMatchObject({ value: { shards: 2, port: 6379 } });
  const hosts = sharded.readings[redis]?.state === "known" ? sharded.readings[redis].value.hosts : [];
  expect(hosts).toContain("clustercfg.ohmycoins-prod-redis.w1xq8p.apse2.cache.amazonaws.com");

  const memcached = await reading(caches, (world) => {
    const [{ ReplicationGroupId: _, CacheNodes = [], ...node } = {}] = cacheNodes(world);
    const nodes = [1, 2, 3].flatMap((number) => CacheNodes.map((one) => ({ ...one, CacheNodeId: `000${number}` })));
    const ConfigurationEndpoint = { Address: `${redis}.w1xq8p.cfg.apse2.cache.amazonaws.com`, Port: 11211 };
    world.elasticache.replicationGroups = [];
    world.elasticache.cacheClusters = [{ ...node, CacheClusterId: redis, Engine: "memcached", ConfigurationEndpoint, CacheNodes: nodes }];
  });
  expect(memcached.readings[redis]).toMatchObject({
    value: { form: "cluster", nodes: [{ id: `${redis}/0001` }, { id: `${redis}/0002` }, { id: `${redis}/0003` }], port: 11211 },
  });
});

test("reads a serverless cache, and asks for those only where a name is no other", async () => {
  const serverless = await reading(caches, addServerless);
  expect(serverless.readings[redis]).toMatchObject({
    value: { form: "serverless", versions: ["7.2"], automaticFailover: null, nodes: [] },
  });
  const { readings } = await reading(caches, () => {}, { denied: ["elasticache:DescribeServerlessCaches"] });
  expect(readings[redis]).toMatchObject({ state: "known" });
});

test("one that is none of these is absent, and does not make the others unknown", async () => {
  const { readings } = await reading(caches, (_world, config) => {
    config.caches = { [redis]: {}, "ohmycoins-prod": {} };
  });
  expect(readings["ohmycoins-prod"]).toMatchObject({ state: "absent" });
  expect(readings[redis]).toMatchObject({ state: "known" });
});

test("a status that nobody has met is not known, and neither is a group of which a node is not told", async () => {
  const odd = await reading(caches, (world) => {
    cache(world).Status = "recalibrating";
  });
  expect(odd.readings[redis]).toMatchObject({ state: "unknown", kind: "invalid" });
  const short = await reading(caches, (world) => {
    world.elasticache.cacheClusters.pop();
  });
  expect(short.readings[redis]).toMatchObject({ state: "unknown", kind: "invalid" });
});
