import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { loadBalancers } from "./load-balancers.ts";

const name = "ohmycoins-prod-alb";

test("reads one load balancer, however many target groups it leads to", async () => {
  const { readings } = await reading(loadBalancers);
  expect(Object.keys(readings)).toEqual([name]);
  expect(readings[name]).toMatchObject({
    state: "known",
    value: {
      dns: "ohmycoins-prod-alb-1133770157.ap-southeast-2.elb.amazonaws.com",
      state: "active",
      type: "application",
      scheme: "internet-facing",
      zones: ["ap-southeast-2a", "ap-southeast-2b", "ap-southeast-2c"],
    },
  });
});

test("one that is gone is absent, under its name", async () => {
  const { readings } = await reading(loadBalancers, ({ elasticloadbalancing: world }) => {
    world.loadBalancers = [];
  });
  expect(readings[name]).toMatchObject({ state: "absent" });
});

test("what is behind no load balancer asks for none", async () => {
  const { readings, missing } = await reading(loadBalancers, ({ ecs }) => {
    for (const service of ecs.services) service.loadBalancers = [];
  });
  expect({ readings, missing }).toEqual({ readings: {}, missing: [] });
});

test("where target groups cannot be read, load balancers are missing and not none", async () => {
  const { readings, missing } = await reading(loadBalancers, () => {}, { denied: ["elasticloadbalancing:DescribeTargetGroups"] });
  expect(readings).toEqual({});
  expect(missing).toMatchObject([{ reading: { state: "unknown" } }, { reading: { state: "unknown" } }]);
});
