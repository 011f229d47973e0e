import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { addEndpoint } from "../../fixtures/network.ts";
import { securityGroup, vpc } from "../../fixtures/ohmycoins/names.ts";
import type { World } from "../../fixtures/world.ts";
import { vpcEndpoints } from "./vpc-endpoints.ts";

async function value(change: (world: World) => void = () => {}) {
  const found = (await reading(vpcEndpoints, change)).readings[vpc];
  if (found?.state !== "known") throw new Error(`not known: ${found?.why}`);
  return found.value;
}

test("an endpoint's state is read in either spelling, and names for callers from outside are not its own", async () => {
  const [, open, outside] = await value((world) => {
    addEndpoint(world, "logs", securityGroup("endpoints"), { State: "Available" });
    addEndpoint(world, "s3", securityGroup("endpoints"), { DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: true } });
  });
  expect(open).toMatchObject({ type: "Interface", service: "com.amazonaws.ap-southeast-2.logs", state: "available", privateDns: true });
  expect(outside).toMatchObject({ service: "com.amazonaws.ap-southeast-2.s3", privateDns: false });
});
