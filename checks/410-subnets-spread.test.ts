import { expect, test } from "vitest";
import { type Change, inspect } from "../fixtures/inspect.ts";
import { leadOut, natGateway, place, taskSubnets } from "../fixtures/network.ts";
import type { Stated } from "../src/config.ts";
import check from "./410-subnets-spread.ts";

const backend = "ohmycoins-prod-backend";
const zones = ["ap-southeast-2a", "ap-southeast-2b", "ap-southeast-2c"];

const over =
  (subnets: string[], network: Stated["network"]): Change =>
  (world, config) => {
    if (network) config.network = network;
    else delete config.network;
    place(world, backend, { subnets });
  };

test("passes when a service has a subnet in as many zones as stated", async () => {
  expect(await inspect(check)).toMatchObject([{ status: "pass", says: "has subnets in 3 zones" }, { status: "pass" }]);
});

test.each<[string, string[], Stated["network"], string, RegExp]>([
  ["one of three zones", taskSubnets.slice(0, 1), { availabilityZones: 3 }, "fail", /^has subnets in 1 of 3 zones: ap-southeast-2a$/],
  ["two zones, and two are asked for", taskSubnets.slice(0, 2), { availabilityZones: 2 }, "pass", /2 zones/],
  ["one zone, and nothing is stated", taskSubnets.slice(0, 1), undefined, "fail", /1 of 2 zones/],
  ["two zones, and nothing is stated", taskSubnets.slice(0, 2), undefined, "pass", /2 zones/],
  ["two zones, and another is named", taskSubnets.slice(0, 2), { availabilityZones: zones }, "fail", /^has no subnet in ap-southeast-2c$/],
  ["one zone, which is the one named", taskSubnets.slice(0, 1), { availabilityZones: zones.slice(0, 1) }, "pass", /1 zone$/],
])("with %s", async (_what, subnets, network, status, says) => {
  expect((await inspect(check, over(subnets, network)))[0]).toMatchObject({ status, says: expect.stringMatching(says) });
});

const throughOne: Change = (world) => {
  const { NatGatewayId } = natGateway(world, "ap-southeast-2a");
  for (const id of taskSubnets) leadOut(world, id, { NatGatewayId });
};

test("fails when all zones leave through one NAT gateway, where zones are asked for", async () => {
  expect(await inspect(check, throughOne)).toMatchObject(
    Array(2).fill({ status: "fail", says: expect.stringMatching(/^has subnets in 3 zones, which all leave through nat-/) }),
  );
  const unasked: Change = (world, config) => {
    delete config.network;
    throughOne(world, config);
  };
  expect((await inspect(check, unasked)).map(({ status }) => status)).toEqual(["pass", "pass"]);
});

test("is not fooled by a NAT gateway that stands in all zones at once", async () => {
  const regional: Change = (world, config) => {
    throughOne(world, config);
    delete natGateway(world, "ap-southeast-2a").SubnetId;
  };
  expect((await inspect(check, regional)).map(({ status }) => status)).toEqual(["pass", "pass"]);
});

test("skips a service with a subnet that is gone, and one without a network of its own", async () => {
  const found = await inspect(check, (world) => {
    place(world, backend, { subnets: ["subnet-0gone"] });
    for (const one of world.ecs.services) if (one.serviceName !== backend) delete one.networkConfiguration;
  });
  expect(found.map(({ status }) => status)).toEqual(["skip", "skip"]);
});
