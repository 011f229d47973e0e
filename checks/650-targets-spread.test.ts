import { expect, test } from "vitest";
import { type Change, inspect } from "../fixtures/inspect.ts";
import { rest, rollOut, service, targetGroup, targetsAre, tasksOf } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./650-targets-spread.ts";

const backend = "ohmycoins-prod-backend";
const group = `${backend}-tg`;

const found = async (change?: Change) => (await inspect(check, change)).find(({ subject }) => subject === `target-group:${group}`);

function crowd(world: World, zone = "ap-southeast-2a"): void {
  for (const { Target } of targetGroup(world, group).health) if (Target) Target.AvailabilityZone = zone;
  for (const task of tasksOf(world, service(world, backend))) task.availabilityZone = zone;
}

test("passes when healthy targets stand in two zones", async () => {
  expect(await found()).toMatchObject({ status: "pass", says: "has healthy targets in ap-southeast-2a and ap-southeast-2c" });
});

test("fails when all of them stand in one", async () => {
  const crowded = await found((world) => crowd(world));
  expect(crowded).toMatchObject({ status: "fail", says: "has all its targets in ap-southeast-2a" });
  expect(crowded?.fix?.run[0]).toContain(`--service ${backend} --availability-zone-rebalancing ENABLED --force-new-deployment`);
});

test("fails when the load balancer lacks a zone of theirs, and when it is impaired", async () => {
  const shut = await found(({ elasticloadbalancing: { loadBalancers } }) => {
    for (const one of loadBalancers)
      one.AvailabilityZones = one.AvailabilityZones?.filter(({ ZoneName }) => ZoneName !== "ap-southeast-2c");
  });
  expect(shut).toMatchObject({ status: "fail", says: "has targets in ap-southeast-2c, where ohmycoins-prod-alb does not stand" });

  const impaired = await found(({ elasticloadbalancing: { loadBalancers } }) => {
    for (const one of loadBalancers) one.State = { Code: "active_impaired", Reason: "no free address in ap-southeast-2b" };
  });
  expect(impaired).toMatchObject({
    status: "fail",
    says: "is behind ohmycoins-prod-alb, which is impaired: no free address in ap-southeast-2b",
  });
});

test("is pending while the second zone is still warming up", async () => {
  const warming = await found((world) => {
    const [, second] = targetGroup(world, group).health;
    if (second) second.TargetHealth = { State: "initial", Reason: "Elb.InitialHealthChecking" };
  });
  expect(warming).toMatchObject({ status: "pending" });
  const rolling = await found((world) => {
    rollOut(world, backend);
    crowd(world);
  });
  expect(rolling).toMatchObject({ status: "pending" });
});

test("skips at rest, and for one task", async () => {
  expect(await found(rest)).toMatchObject({ status: "skip", says: "is at rest: nothing is to run behind it" });
  const single = await found((world) => {
    service(world, backend).desiredCount = 1;
  });
  expect(single).toMatchObject({ status: "skip", says: "is for one task, which cannot stand in two zones" });
});

test("does not say once more that targets are unhealthy", async () => {
  expect(await found((world) => targetsAre(world, group, "unhealthy", "Target.Timeout"))).toMatchObject({ status: "skip" });
});

test("is not fooled by a target that does not say its zone: its task does", async () => {
  const silent = (world: World) => {
    for (const { Target } of targetGroup(world, group).health) delete Target?.AvailabilityZone;
  };
  expect(await found(silent)).toMatchObject({ status: "pass", evidence: { healthyIn: ["ap-southeast-2a", "ap-southeast-2c"] } });
  const crowded = await found((world) => {
    crowd(world);
    silent(world);
  });
  expect(crowded).toMatchObject({ status: "fail" });
});
