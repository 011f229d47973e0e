import { expect, test } from "vitest";
import { ohmycoinsConfig } from "../../fixtures/configuration.ts";
import { reading } from "../../fixtures/inspect.ts";
import { ohmycoins } from "../../fixtures/ohmycoins.ts";
import { worldPort } from "../../fixtures/port.ts";
import { worldWeb } from "../../fixtures/web.ts";
import type { CallOptions, Port } from "../aws.ts";
import { complete } from "../config.ts";
import { gather } from "../gather.ts";
import { discretion } from "../mask.ts";
import { prices } from "./prices.ts";

test("by the Price List where it may be asked, else by the table, and each says which", async () => {
  const { readings } = await reading(prices);
  expect(readings["nat-gateway"]).toMatchObject({ value: { rate: { usd: 0.059, per: "hour" }, from: "AWS Price List" } });
  expect(readings["storage/postgres/gp3/multi-az"]).toMatchObject({ value: { rate: { usd: 0.276, per: "GB-month" } } });
  expect(readings["secret"]).toMatchObject({ value: { rate: { usd: 0.4 }, from: "table of 2026-01-15" } });

  const refused = await reading(prices, () => {}, { denied: ["pricing:GetProducts"] });
  expect(refused.readings["nat-gateway"]).toMatchObject({ value: { rate: { usd: 0.059 }, from: "table of 2026-01-15" } });
});

test("what neither knows has no price", async () => {
  const { readings } = await reading(prices, (world) => {
    world.pricing.products = [];
    for (const one of world.elasticache.cacheClusters) one.CacheNodeType = "cache.r7g.large";
  });
  expect(readings["cache-node/redis/cache.r7g.large"]).toMatchObject({ value: { rate: null, from: "nobody" } });
});

test.each([
  ["ap-southeast-2", "us-east-1", 5],
  ["cn-north-1", "cn-northwest-1", 5],
  ["us-gov-west-1", undefined, 0],
])("for %s it asks in %s, %i times", async (region, place, times) => {
  const world = { ...ohmycoins(), region };
  const asked: (CallOptions | undefined)[] = [];
  const port: Port = (action, input, options) => {
    if (action === "pricing:GetProducts") asked.push(options);
    return worldPort({ world })(action, input, options);
  };
  const config = { ...complete(ohmycoinsConfig()), region };
  await gather([prices], {
    port,
    web: worldWeb({ world }),
    discretion: discretion(),
    config,
    clock: () => world.now,
    signal: new AbortController().signal,
  });
  expect(asked.map((options) => options?.region)).toEqual(Array(times).fill(place));
});
