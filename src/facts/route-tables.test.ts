import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { leadOut, tableOf, taskSubnets } from "../../fixtures/network.ts";
import { vpc } from "../../fixtures/ohmycoins/names.ts";
import type { World } from "../../fixtures/world.ts";
import { routeTables } from "./route-tables.ts";

const first = taskSubnets[0] ?? "";

async function value(change: (world: World) => void = () => {}) {
  const found = (await reading(routeTables, change)).readings[vpc];
  if (found?.state !== "known") throw new Error(`not known: ${found?.why}`);
  return found.value;
}

test("a route table knows its subnets, and where each route leads", async () => {
  const tables = await value((world) => {
    tableOf(world, first).Routes?.push({ DestinationCidrBlock: "10.9.0.0/16", TransitGatewayId: "tgw-1", State: "blackhole" });
  });
  expect(tables.filter(({ main }) => main)).toMatchObject([{ subnets: [] }]);
  expect(tables.find(({ subnets }) => subnets.includes(first))?.routes).toEqual([
    { to: "10.0.0.0/16", via: "local", state: "active" },
    { to: "0.0.0.0/0", via: expect.stringMatching(/^nat-/), state: "active" },
    { to: "pl-6ca54005", via: expect.stringMatching(/^vpce-/), state: "active" },
    { to: "10.9.0.0/16", via: "tgw-1", state: "blackhole" },
  ]);
});

test.each([
  ["TransitGatewayId", "tgw-1"],
  ["VpcPeeringConnectionId", "pcx-1"],
  ["NetworkInterfaceId", "eni-1"],
  ["LocalGatewayId", "lgw-1"],
  ["CarrierGatewayId", "cagw-1"],
  ["GatewayId", "vgw-1"],
])("a route that AWS tells of by %s leads there", async (key, id) => {
  const tables = await value((world) => leadOut(world, first, { [key]: id }));
  expect(tables.find(({ subnets }) => subnets.includes(first))?.routes.find(({ to }) => to === "0.0.0.0/0")?.via).toBe(id);
});
