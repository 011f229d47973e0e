import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { subnet, vpc, zones } from "../../fixtures/ohmycoins/names.ts";
import { addServerless } from "../../fixtures/stores.ts";
import { cacheSubnetGroups } from "./cache-subnet-groups.ts";

const name = "ohmycoins-prod-data";

test("reads where the nodes of the caches may stand", async () => {
  const { readings } = await reading(cacheSubnetGroups);
  expect(readings).toMatchObject({ [name]: { state: "known", value: { vpc, subnets: zones.map((zone) => subnet("data", zone)) } } });
});

test("a serverless cache has none, and one that is gone is absent", async () => {
  expect((await reading(cacheSubnetGroups, addServerless)).readings).toEqual({});
  const { readings } = await reading(cacheSubnetGroups, ({ elasticache }) => {
    elasticache.subnetGroups = [];
  });
  expect(readings[name]).toMatchObject({ state: "absent" });
});
