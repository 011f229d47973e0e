import { expect, test } from "vitest";
import { type Change, reading } from "../../fixtures/inspect.ts";
import { addAurora, addServerless } from "../../fixtures/stores.ts";
import { bill } from "./bill.ts";

const unlimited =
  (change: Change): Change =>
  (world, config) => {
    change(world, config);
    delete config.cost;
  };
const unpriced = async (change: Change) => (await reading(bill, unlimited(change))).readings["at-rest"];

test("adds up what is there", async () => {
  const { readings } = await reading(bill);
  expect(readings["at-rest"]).toMatchObject({ state: "known", value: { total: 233.45, unpriced: [] } });
});

test("what grows with its use has no price, and is said", async () => {
  expect(await unpriced(addAurora)).toMatchObject({ value: { unpriced: ["storage of ohmycoins-prod-postgres"] } });
  const instance: Change = (world, config) => {
    addAurora(world);
    config.databases = { "ohmycoins-prod-postgres-1": {} };
  };
  expect(await unpriced(instance)).toMatchObject({ value: { unpriced: ["storage of ohmycoins-prod-postgres-1"] } });
  expect(await unpriced(addServerless)).toMatchObject({ value: { unpriced: ["serverless cache ohmycoins-prod-redis"] } });
});

test("below the sum that is allowed, a thing without a price leaves the answer open; above it, it does not matter", async () => {
  expect((await reading(bill, addAurora)).readings["at-rest"]).toMatchObject({ state: "unknown", kind: "invalid" });
  const strict: Change = (world, config) => {
    addAurora(world);
    config.cost = { monthlyAtRest: 100 };
  };
  expect((await reading(bill, strict)).readings["at-rest"]).toMatchObject({ state: "known" });
});

test("three dashboards are free", async () => {
  const many: Change = (_world, config) => {
    config.dashboards = ["a", "b", "c", "d", "e"];
  };
  const value = (await unpriced(many)) as { value: { lines: readonly { item: string; monthly: number }[] } };
  expect(value.value.lines.find(({ item }) => item === "dashboard")).toMatchObject({ count: 2, monthly: 6 });
});

test("what may not be counted is not left out of the sum", async () => {
  for (const action of ["ec2:DescribeNatGateways", "ec2:DescribeNetworkInterfaces", "elasticache:DescribeReplicationGroups"])
    expect((await reading(bill, () => {}, { denied: [action] })).readings["at-rest"]).toMatchObject({ state: "unknown", kind: "denied" });
});
