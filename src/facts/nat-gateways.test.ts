import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { natGateway } from "../../fixtures/network.ts";
import { subnet, vpc } from "../../fixtures/ohmycoins/names.ts";
import type { World } from "../../fixtures/world.ts";
import { natGateways } from "./nat-gateways.ts";

async function value(change: (world: World) => void = () => {}) {
  const found = (await reading(natGateways, change)).readings[vpc];
  if (found?.state !== "known") throw new Error(`not known: ${found?.why}`);
  return found.value;
}

test("a NAT gateway is known with where it stands, and why it failed", async () => {
  const [nat] = await value((world) =>
    Object.assign(natGateway(world, "ap-southeast-2a"), { State: "failed", FailureMessage: "no address is left" }),
  );
  expect(nat).toEqual({
    ...{ id: expect.stringMatching(/^nat-/), state: "failed", failure: "no address is left", public: true },
    subnet: subnet("public", "ap-southeast-2a"),
  });
});

test("a NAT gateway that serves a whole network stands in no subnet", async () => {
  const [nat] = await value(({ ec2 }) => {
    for (const one of ec2.natGateways) delete one.SubnetId;
  });
  expect(nat).toMatchObject({ state: "available", subnet: null });
});
