import { expect, test } from "vitest";
import { type Change, inspect } from "../fixtures/inspect.ts";
import { rest, service } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./460-scaling-consistent.ts";

const backend = "ohmycoins-prod-backend";
const only =
  (change: (world: World) => void): Change =>
  (world, config) => {
    config.services = { [backend]: config.services[backend] ?? {} };
    change(world);
  };
const bounds = (world: World, more: object) => void Object.assign(world.applicationAutoscaling.targets[0] ?? {}, more);
const resource = "--resource-id service/ohmycoins-prod-cluster/ohmycoins-prod-backend";

test("passes when the bounds admit the count", async () => {
  expect((await inspect(check)).map(({ subject, status }) => [subject, status])).toEqual([
    ["service:ohmycoins-prod-backend", "pass"],
    ["service:ohmycoins-prod-frontend", "pass"],
  ]);
});

test("fails when the maximum is too low, and when the minimum is too high", async () => {
  const [low] = await inspect(
    check,
    only((world) => bounds(world, { MinCapacity: 0, MaxCapacity: 1 })),
  );
  expect(low).toMatchObject({ status: "fail", says: "may have 1 tasks at the most by its auto-scaling, and is to have 2" });
  expect(low?.fix?.run[0]).toMatch(`${resource} --min-capacity 0 --max-capacity 2`);

  const [high] = await inspect(
    check,
    only((world) => bounds(world, { MinCapacity: 4 })),
  );
  expect(high).toMatchObject({ status: "fail", says: "must have 4 tasks at least by its auto-scaling, and is to have 2" });
  expect(high?.fix?.run[0]).toMatch(`${resource} --min-capacity 2 --max-capacity 6`);
});

test("skips what has no auto-scaling, and what has it suspended", async () => {
  expect(
    await inspect(
      check,
      only((world) => {
        world.applicationAutoscaling.targets = [];
      }),
    ),
  ).toMatchObject([{ status: "skip", says: "has no auto-scaling" }]);
  const all = { DynamicScalingInSuspended: true, DynamicScalingOutSuspended: true, ScheduledScalingSuspended: true };
  expect(
    await inspect(
      check,
      only((world) => bounds(world, { MinCapacity: 9, SuspendedState: all })),
    ),
  ).toMatchObject([{ status: "skip" }]);
  const part = { ...all, ScheduledScalingSuspended: false };
  expect(
    await inspect(
      check,
      only((world) => bounds(world, { MinCapacity: 5, SuspendedState: part })),
    ),
  ).toMatchObject([{ status: "fail" }]);
});

test("a minimum does not wake what is at rest, and more tasks than the configuration asks for are no fault", async () => {
  expect(await inspect(check, only(rest), { scene: "pre-scale-up" })).toMatchObject([{ status: "pass", evidence: { min: 2, desired: 0 } }]);
  const busy = only((world) => {
    bounds(world, { MinCapacity: 4 });
    service(world, backend).desiredCount = 5;
  });
  expect(await inspect(check, busy)).toMatchObject([{ status: "pass" }]);
  const beyond = only((world) => {
    service(world, backend).desiredCount = 7;
  });
  expect(await inspect(check, beyond)).toMatchObject([
    { status: "fail", says: "may have 6 tasks at the most by its auto-scaling, and is to have 7" },
  ]);
});
