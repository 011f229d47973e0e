import { expect, test } from "vitest";
import { redeploy } from "../fixtures/backend.ts";
import { type Change, inspect } from "../fixtures/inspect.ts";
import { place, taskSubnets } from "../fixtures/network.ts";
import { rest, service } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./440-addresses-free.ts";

const backend = "ohmycoins-prod-backend";
const scaleUp = { scene: "pre-scale-up" } as const;

function leave(world: World, ...free: number[]): void {
  for (const one of world.ec2.subnets) {
    const zone = taskSubnets.indexOf(one.SubnetId);
    if (zone >= 0) one.AvailableIpAddressCount = free[zone] ?? 0;
  }
}

const atRest =
  (...free: number[]): Change =>
  (world) => {
    rest(world);
    leave(world, ...free);
  };

test("passes when there is room for all that the configuration wants to run", async () => {
  expect(await inspect(check, atRest(2, 1, 1), scaleUp)).toMatchObject(
    Array(2).fill({ status: "pass", says: "has 4 addresses free for 4 tasks still to start" }),
  );
});

test("fails when both services together want more than is left, though either would fit", async () => {
  const found = await inspect(check, atRest(1, 1, 1), scaleUp);
  expect(found).toMatchObject(Array(2).fill({ status: "fail", says: "has 3 addresses free for 4 tasks still to start" }));
  expect(found[0]?.fix?.run).toHaveLength(3);
});

test("tasks that stand elsewhere do not want the same addresses", async () => {
  const apart: Change = (world, config) => {
    atRest(2, 0, 2)(world, config);
    place(world, backend, { subnets: taskSubnets.slice(0, 1) });
    place(world, "ohmycoins-prod-frontend", { subnets: taskSubnets.slice(2) });
  };
  expect((await inspect(check, apart, scaleUp)).map(({ status }) => status)).toEqual(["pass", "pass"]);
});

test("is not fooled by full subnets where nothing is to start any more", async () => {
  expect((await inspect(check, (world) => leave(world, 0, 0, 0))).map(({ status }) => status)).toEqual(["pass", "pass"]);
});

test("a rolling deployment needs room for as many tasks as it may start beside those that run", async () => {
  const deploying =
    (maximumPercent: number): Change =>
    (world) => {
      redeploy(world);
      service(world, backend).deploymentConfiguration = { maximumPercent, minimumHealthyPercent: 50 };
      leave(world, 1, 0, 0);
    };
  const says = async (percent: number) => (await inspect(check, deploying(percent)))[0]?.says;
  expect(await says(200)).toBe("has 1 address free for 2 tasks still to start");
  expect(await says(150)).toBe("has 1 address free for 1 task still to start");
  expect(await says(100)).toBe("has 1 address free for 0 tasks still to start");
});

test("skips what is at rest for as long as nobody has said, and subnets that do not run out", async () => {
  const unstated: Change = (world, config) => {
    atRest(0, 0, 0)(world, config);
    for (const one of Object.values(config.services)) delete one.desiredCount;
  };
  expect((await inspect(check, unstated, scaleUp)).map(({ status }) => status)).toEqual(["skip", "skip"]);
  const sixth: Change = (world, config) => {
    atRest(0, 0, 0)(world, config);
    for (const one of world.ec2.subnets) one.CidrBlock = "";
  };
  expect((await inspect(check, sixth, scaleUp)).map(({ status }) => status)).toEqual(["skip", "skip"]);
});

test("counts a task that is starting by itself as one that has its address", async () => {
  const starting: Change = (world) => {
    Object.assign(service(world, backend), { runningCount: 1, pendingCount: 1 });
    for (const one of service(world, backend).deployments ?? []) Object.assign(one, { runningCount: 1, pendingCount: 1 });
    leave(world, 0, 0, 0);
  };
  expect((await inspect(check, starting))[0]).toMatchObject({ status: "pass", says: "has 0 addresses free for 0 tasks still to start" });
});
