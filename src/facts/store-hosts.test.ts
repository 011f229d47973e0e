import { expect, test } from "vitest";
import { storeAt, storeNamed, storesNamed } from "./store-hosts.ts";

const config = { databases: { orders: {} }, caches: { sessions: {} } };
const database = { kind: "database", name: "orders" };
const cache = { kind: "cache", name: "sessions" };

test("knows a database by its instance and its cluster endpoints", () => {
  for (const host of ["orders.c7gq2mz0v4kd", "Orders.cluster-c7gq2mz0v4kd", "orders.cluster-ro-c7gq2mz0v4kd"])
    expect(storeAt(`${host}.ap-southeast-2.rds.amazonaws.com`, config), host).toEqual(database);
});

test("knows a cache by its primary, its reader, its nodes and its serverless endpoint", () => {
  const hosts = [
    "master.sessions.w1xq8p",
    "replica.sessions.w1xq8p",
    "clustercfg.sessions.w1xq8p",
    "sessions.w1xq8p.ng.0001",
    "sessions-ro.w1xq8p.ng.0001",
  ];
  const nodes = ["sessions-001.sessions.w1xq8p", "sessions-001.w1xq8p.0001", "sessions-0002-001.w1xq8p.0001", "sessions-w1xq8p.serverless"];
  for (const host of [...hosts, ...nodes]) expect(storeAt(`${host}.apse2.cache.amazonaws.com`, config), host).toEqual(cache);
});

test("is not fooled by a store whose name only begins alike", () => {
  expect(storeAt("orders-old.c7gq2mz0v4kd.ap-southeast-2.rds.amazonaws.com", config)).toBeNull();
  expect(storeAt("master.sessions-legacy.w1xq8p.apse2.cache.amazonaws.com", config)).toBeNull();
});

test("does not say whose a proxy or a custom endpoint is, nor anything where none of the kind is configured", () => {
  expect(storeAt("pool.proxy-c7gq2mz0v4kd.ap-southeast-2.rds.amazonaws.com", config)).toBeUndefined();
  expect(storeAt("reports.cluster-custom-c7gq2mz0v4kd.ap-southeast-2.rds.amazonaws.com", config)).toBeUndefined();
  expect(storeAt("orders.c7gq2mz0v4kd.ap-southeast-2.rds.amazonaws.com", { ...config, databases: {} })).toBeUndefined();
  expect(storeAt("master.sessions.w1xq8p.apse2.cache.amazonaws.com", { ...config, caches: {} })).toBeUndefined();
});

test("a host tells by itself which store it belongs to, but for a proxy or a custom endpoint", () => {
  const named = (host: string) => storeNamed(host)?.name;
  for (const host of ["orders.c7gq2mz0v4kd", "Orders.cluster-ro-c7gq2mz0v4kd"])
    expect(named(`${host}.ap-southeast-2.rds.amazonaws.com`), host).toBe("orders");
  const caches = ["master.sessions.w1xq8p", "clustercfg.sessions.w1xq8p", "sessions.w1xq8p.ng.0001", "sessions-ro.w1xq8p.ng.0001"];
  const nodes = ["sessions-001.sessions.w1xq8p", "sessions-0002-001.w1xq8p.0001", "sessions-w1xq8p.serverless"];
  for (const host of [...caches, ...nodes]) expect(named(`${host}.apse2.cache.amazonaws.com`), host).toBe("sessions");
  expect(named("pool.proxy-c7gq2mz0v4kd.ap-southeast-2.rds.amazonaws.com")).toBeUndefined();
});

test("where it is not stated which stores are meant, they are those that environments name", () => {
  const unsaid = { databases: {}, caches: {}, inferred: ["databases", "caches"] } as const;
  expect(storeAt("orders.c7gq2mz0v4kd.ap-southeast-2.rds.amazonaws.com", unsaid)).toEqual(database);
  expect(storeAt("ledger.c7gq2mz0v4kd.ap-southeast-2.rds.amazonaws.com", { ...config, inferred: ["databases"] })?.name).toBe("ledger");
  const hosts = { DB: "orders.c7gq2mz0v4kd.ap-southeast-2.rds.amazonaws.com", REDIS: "master.sessions.w1xq8p.apse2.cache.amazonaws.com" };
  expect(storesNamed("database", [{ containers: [{ hosts }, { hosts }] }])).toEqual(["orders"]);
  expect(storesNamed("cache", [{ containers: [{ hosts }] }])).toEqual(["sessions"]);
});
