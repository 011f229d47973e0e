import { describe, expect, test } from "vitest";
import { type Circumstances, inspect } from "../fixtures/inspect.ts";
import { crashed, noKey } from "../fixtures/last-words.ts";
import { say as happen } from "../fixtures/scheduler.ts";
import {
  currentVersion,
  gaveUp,
  landed,
  minutesAgo,
  rest,
  rolledBack,
  rollOut,
  secret,
  service,
  startTasks,
  tasksDie,
} from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./580-events-clean.ts";

const backend = "ohmycoins-prod-backend";
const subject = `events:${backend}`;
const capacity =
  "was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.";
const look = async (change: (world: World) => void, circumstances: Circumstances = {}) => (await inspect(check, change, circumstances))[0];
const say = (world: World, minutes: number, what: string) => happen(world, service(world, backend), minutes, what);

test("passes when events tell of nothing but progress", async () => {
  const newest = { message: `(service ${backend}) has reached a steady state.` };
  expect(await inspect(check)).toMatchObject([{ status: "pass", subject, evidence: { newest } }, { status: "pass" }]);
});

describe("fails when an event tells of a failure of the current deployment", () => {
  test.each([
    ["fargate-capacity-unavailable", capacity],
    [
      "elb-healthcheck-timeout",
      "(port 8000) is unhealthy in (target-group arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/api/4d22) due to (reason Request timed out).",
    ],
    [
      "role-assume-failed",
      "failed to launch a task with (error ECS was unable to assume the role 'arn:aws:iam::111122223333:role/x' that was provided for this task.).",
    ],
  ])("%s", async (cause, event) => {
    const found = await look((world) => say(world, 4, event));
    expect(found).toMatchObject({ status: "fail", subject, cause });
    expect(found?.says).toMatch(/^tell of a failure at 2026-01-18T03:56:00.000Z: /);
  });

  test("at rest as well, where ECS calls itself steady for want of tasks", async () => {
    const found = await look(
      (world) => {
        say(world, 95, `was unable to place a task. Reason: ${noKey("POSTGRES_PASSWORD")}.`);
        rest(world);
      },
      { scene: "pre-scale-up" },
    );
    expect(found).toMatchObject({ status: "fail", cause: "secret-json-key-missing" });
  });
});

test("is pending while a deployment is in progress that may yet overcome it, and fails when it cannot", async () => {
  const slow = "(port 8000) is unhealthy in (target-group arn:x) due to (reason Health checks failed).";
  expect(
    await look((world) => {
      rollOut(world, backend);
      say(world, 1, slow);
    }),
  ).toMatchObject({ status: "pending" });
  expect(
    await look((world) => {
      rollOut(world, backend);
      gaveUp(world, backend);
    }),
  ).toMatchObject({ status: "fail", cause: "circuit-breaker-rollback" });
});

describe("is not fooled by stale failures, and shows them folded", () => {
  test.each<[string, (world: World) => void]>([
    [
      "from before the service was steady",
      (world) => {
        say(world, 4, capacity);
        say(world, 3, "has reached a steady state.");
      },
    ],
    [
      "from before this deployment",
      (world) => {
        say(world, 200, capacity);
      },
    ],
    [
      "from before a task that runs",
      (world) => {
        say(world, 4, capacity);
        startTasks(world, service(world, backend), 3, 1);
      },
    ],
    [
      "of the deployment that was rolled back",
      (world) => {
        rollOut(world, backend, { taskDefinition: `${backend}:1` });
        tasksDie(world, backend, crashed, 1);
        rolledBack(world, backend);
      },
    ],
    [
      "from before a forced deployment that landed",
      (world) => {
        tasksDie(world, backend, crashed, 1);
        rollOut(world, backend);
        landed(world, backend);
      },
    ],
    [
      "from before the secret got its key",
      (world) => {
        say(world, 4, `was unable to place a task. Reason: ${noKey("A")}.`);
        const one = secret(world, "ohmycoins-prod-app-secrets");
        one.LastChangedDate = currentVersion(one).created = minutesAgo(world, 1);
      },
    ],
  ])("%s", async (_, change) => {
    const found = await look(change);
    expect(found).toMatchObject({ status: "pass", says: "tell of no failure of the current deployment" });
    expect(found?.evidence["stale"]).not.toEqual([]);
  });
});

test("skips a service without events, and passes one that rests", async () => {
  expect(await look((world) => void Object.assign(service(world, backend), { events: [] }))).toMatchObject({ status: "skip" });
  expect(await look(rest, { scene: "sign-off" })).toMatchObject({ status: "pass" });
});
