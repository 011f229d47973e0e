import { describe, expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { vpc } from "../../fixtures/ohmycoins/names.ts";
import type { World } from "../../fixtures/world.ts";
import type { Fact } from "../fact.ts";
import { flowLogs } from "./flow-logs.ts";
import { internetGateways } from "./internet-gateways.ts";
import { natGateways } from "./nat-gateways.ts";
import { networkAcls } from "./network-acls.ts";
import { routeTables } from "./route-tables.ts";
import { securityGroups } from "./security-groups.ts";
import { vpcEndpoints } from "./vpc-endpoints.ts";

const all: readonly Fact[] = [routeTables, natGateways, internetGateways, vpcEndpoints, securityGroups, networkAcls, flowLogs];

describe.each(all.map((fact) => [fact.id, fact] as const))("%s", (_id, fact) => {
  test("are read for the network of the services and the load balancer, which is one", async () => {
    const { readings, missing } = await reading(fact);
    expect(Object.keys(readings)).toEqual([vpc]);
    expect(missing).toEqual([]);
    expect(readings[vpc]).toMatchObject({ state: "known" });
  });

  test("of a network without any there are none, and a refusal is not none", async () => {
    const nothing = (world: World) => {
      const { subnets, ...rest } = world.ec2;
      world.ec2 = { ...(Object.fromEntries(Object.keys(rest).map((name) => [name, []])) as unknown as typeof rest), subnets };
    };
    expect((await reading(fact, nothing)).readings[vpc]).toMatchObject({ state: "known", value: [] });
    expect((await reading(fact, () => {}, { denied: fact.calls })).readings[vpc]).toMatchObject({ state: "unknown", kind: "denied" });
  });

  test("where the load balancer is behind another door, the services' network is read all the same", async () => {
    const denied = ["elasticloadbalancing:DescribeTargetGroups"];
    expect((await reading(fact, () => {}, { denied })).readings[vpc]).toMatchObject({ state: "known" });
  });
});
