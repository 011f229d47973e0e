import { expect, test } from "vitest";
import { priceIn, questionOf } from "./price-list.ts";

const product = (usagetype: string, prices: Readonly<Record<string, string>>, attributes: object = {}, beginRange = "0") => {
  const dimension = { unit: "Hrs", beginRange, pricePerUnit: prices };
  const terms = { OnDemand: { "SKU.JRTCKXETXF": { priceDimensions: { "SKU.JRTCKXETXF.6YS6EN2CT7": dimension } } } };
  return JSON.stringify({ product: { productFamily: "any", attributes: { usagetype, ...attributes } }, terms });
};
const of = (thing: string, ...products: readonly string[]) => {
  const question = questionOf(thing);
  return question && priceIn(products, question)?.usd;
};

test.each(["NatGateway-Hours", "APS2-NatGateway-Hours", "EU-NatGateway-Hours", "USW2-NatGateway-Hours"])(
  "%s is the hour of a NAT gateway",
  (usage) => {
    expect(of("nat-gateway", product(usage, { USD: "0.0590000000" }), product("APS2-NatGateway-Bytes", { USD: "0.06" }))).toBe(0.059);
  },
);

test.each([
  [
    "a surcharge for an old version",
    "cache-node/redis/cache.t4g.micro",
    "APN2-ExtendedSupportYr1_Yr2-NodeUsage:cache.t4g.micro",
    { cacheEngine: "Redis" },
  ],
  ["another engine", "cache-node/redis/cache.t4g.micro", "APN2-NodeUsage:cache.t4g.micro", { cacheEngine: "Valkey" }],
  ["another size", "cache-node/redis/cache.t4g.micro", "APN2-NodeUsage:cache.t4g.small", { cacheEngine: "Redis" }],
  ["a trust store", "load-balancer/application", "EUW2-TS-LoadBalancerUsage", { operation: "LoadBalancing:Application" }],
  ["a trust store where no prefix is", "load-balancer/application", "TS-LoadBalancerUsage", { operation: "LoadBalancing:Application" }],
  ["an Outpost", "load-balancer/application", "EUW2-Outposts-LoadBalancerUsage", { operation: "LoadBalancing:Application" }],
  ["another type", "load-balancer/application", "EUW2-LoadBalancerUsage", { operation: "LoadBalancing:Network" }],
  ["one zone alone", "storage/postgres/gp3/multi-az", "APN2-RDS:GP3-Storage", { databaseEngine: "PostgreSQL" }],
  ["two zones", "storage/postgres/gp3/single-az", "APN2-RDS:Multi-AZ-GP3-Storage", { databaseEngine: "PostgreSQL" }],
])("%s is not taken for %s", (_what, thing, usage, attributes) => {
  expect(of(thing, product(usage, { USD: "0.019" }, attributes))).toBeUndefined();
});

test("a price for all engines counts, two prices are none, and neither is one in another currency or of a later tier", () => {
  const storage = (usd: string) => product("APS2-RDS:GP2-Storage", { USD: usd }, { databaseEngine: "Any" });
  expect(of("storage/mysql/gp2/single-az", storage("0.138"))).toBe(0.138);
  expect(of("storage/mysql/gp2/single-az", storage("0.138"), storage("0.139"))).toBeUndefined();
  expect(of("nat-gateway", product("CNN1-NatGateway-Hours", { CNY: "0.4" }))).toBeUndefined();
  expect(of("nat-gateway", product("APS2-NatGateway-Hours", { USD: "0.05" }, {}, "100"))).toBeUndefined();
  expect(of("nat-gateway", product("APS2-NatGateway-Hours", { USD: "0" }))).toBeUndefined();
});

test("is not asked for what costs the same everywhere, nor for engines that it lists otherwise", () => {
  expect(["secret", "alarm", "public-address", "storage/oracle-ee/gp3/single-az"].map(questionOf)).toEqual([null, null, null, null]);
});
