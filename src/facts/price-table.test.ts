import { expect, test } from "vitest";
import { tabled } from "./price-table.ts";

test("knows two regions, and everywhere else what costs the same everywhere", () => {
  expect(tabled("nat-gateway", "ap-southeast-2")).toEqual({ usd: 0.059, per: "hour" });
  expect(tabled("storage/postgres/gp3/multi-az", "us-east-1")).toEqual({ usd: 0.23, per: "GB-month" });
  expect(tabled("nat-gateway", "sa-east-1")).toBeNull();
  expect(tabled("secret", "sa-east-1")).toEqual({ usd: 0.4, per: "month" });
  expect(tabled("cache-node/redis/cache.r7g.large", "ap-southeast-2")).toBeNull();
});

test.each([undefined, "cn-north-1", "us-gov-west-1"])("knows nothing of region %s", (region) => {
  expect(tabled("secret", region)).toBeNull();
});
