import { describe, expect, test } from "vitest";
import { type Circumstances, inspect } from "../fixtures/inspect.ts";
import { crashed, noKey, noValue } from "../fixtures/last-words.ts";
import { wrote } from "../fixtures/log-streams.ts";
import { stop } from "../fixtures/scheduler.ts";
import {
  currentVersion,
  gaveUp,
  landed,
  minutesAgo,
  rest,
  restJustNow,
  rollOut,
  secret,
  service,
  startTasks,
  taskDefinition,
  tasksDie,
  tasksOf,
} from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./560-tasks-survive.ts";

const backend = "ohmycoins-prod-backend";
const outOfMemory = "OutOfMemoryError: Container killed due to memory usage";
const look = async (change: (world: World) => void, circumstances: Circumstances = {}) => (await inspect(check, change, circumstances))[0];

/** One of the backend's tasks stops, and another one runs in its place since so many minutes. */
function oneDies(world: World, { died, replaced }: { died: number; replaced?: number }, reason = crashed, exitCode = 1): void {
  const one = service(world, backend);
  const [task] = tasksOf(world, one);
  if (task) stop(world, task, died, reason, "EssentialContainerExited", exitCode);
  if (replaced !== undefined) startTasks(world, one, replaced, 1);
}

const secretChanged = (world: World, minutes: number) => {
  const one = secret(world, "ohmycoins-prod-app-secrets");
  one.LastChangedDate = currentVersion(one).created = minutesAgo(world, minutes);
};

test("passes when no task has died, and says so of each service's tasks", async () => {
  expect(await inspect(check)).toMatchObject([
    { status: "pass", subject: `tasks:${backend}`, says: "have not died" },
    { status: "pass", subject: "tasks:ohmycoins-prod-frontend" },
  ]);
});

describe("fails, and names what they died of", () => {
  test.each([
    ["app-crash-exit", crashed, 1],
    ["container-oom", outOfMemory, 137],
    ["secret-json-key-missing", noKey("POSTGRES_PASSWORD"), undefined],
    ["secret-no-current-version", noValue("arn:aws:secretsmanager:ap-southeast-2:220711411889:secret:x-Xk3T9q"), undefined],
    ["container-healthcheck-failed", "Task failed container health checks", undefined],
  ] as const)("%s", async (cause, reason, exitCode) => {
    const found = await look((world) => tasksDie(world, backend, reason, exitCode));
    expect(found).toMatchObject({ status: "fail", subject: `tasks:${backend}`, cause });
    expect(found?.says).toContain(reason);
  });

  test("at rest as well: scaling up would repeat it", async () => {
    for (const scene of ["pre-scale-up", "sign-off"] as const) {
      const found = await look(
        (world) => {
          tasksDie(world, backend, crashed, 1);
          restJustNow(world);
        },
        { scene },
      );
      expect(found).toMatchObject({ status: "fail", cause: "app-crash-exit", evidence: { desired: 0 } });
      expect(found?.fix?.run?.[0]).toBe("aws logs tail /ecs/ohmycoins-prod-backend --since 1h --region ap-southeast-2");
    }
  });

  test("in words that nobody has met, without a cause", async () => {
    const found = await look((world) => tasksDie(world, backend, "FluxCapacitorError: out of plutonium"));
    expect(found).toMatchObject({ status: "fail", cause: null });
    expect(found?.says).toContain("out of plutonium");
  });
});

test("is pending while a crashed task's deployment goes on, and while the one that took its place has yet to prove itself", async () => {
  const rolling = await look((world) => {
    rollOut(world, backend);
    const [task] = tasksOf(world, service(world, backend)).slice(-1);
    if (task) stop(world, task, 1, crashed, "EssentialContainerExited", 1);
  });
  expect(rolling).toMatchObject({ status: "pending" });
  expect(await look((world) => oneDies(world, { died: 3 }))).toMatchObject({ status: "pending" });
});

test("skips when a later task of the same revision lives, and tells when the last one died", async () => {
  const found = await look((world) => oneDies(world, { died: 30, replaced: 29 }, outOfMemory, 137));
  expect(found).toMatchObject({ status: "skip", says: "last died at 2026-01-18T03:30:00.000Z, and live on since" });
});

describe("is not fooled", () => {
  test("by deaths that are older than the secret's new value: nothing has run since, so a new deployment is missing", async () => {
    const found = await look((world) => {
      tasksDie(world, backend, noKey("POSTGRES_PASSWORD"));
      gaveUp(world, backend);
      secretChanged(world, 1);
    });
    expect(found?.status).toBe("skip");
    expect(found?.says).toMatch(/nothing has run since: force a new deployment$/);
  });

  test("by a new value that mends nothing: memory is not in the secret, and a pinned reference does not see it", async () => {
    const memory = await look((world) => {
      tasksDie(world, backend, outOfMemory, 137);
      secretChanged(world, 1);
    });
    expect(memory).toMatchObject({ status: "fail", cause: "container-oom" });
    const pinned = await look((world) => {
      const { id } = currentVersion(secret(world, "ohmycoins-prod-app-secrets"));
      for (const { secrets = [] } of taskDefinition(world, `${backend}:2`).containerDefinitions ?? [])
        for (const reference of secrets) reference.valueFrom += id;
      tasksDie(world, backend, noKey("POSTGRES_PASSWORD"));
      secretChanged(world, 1);
    });
    expect(pinned).toMatchObject({ status: "fail" });
  });

  test("by the deaths of the deployment before", async () => {
    const found = await look((world) => {
      rollOut(world, backend);
      tasksDie(world, backend, crashed, 1);
      rollOut(world, backend);
      landed(world, backend);
    });
    expect(found).toMatchObject({
      status: "pass",
      evidence: { before: [expect.stringContaining(crashed), expect.stringContaining(crashed)] },
    });
  });

  test.each([
    ["UserInitiated", "Task stopped by user"],
    ["ServiceSchedulerInitiated", "Scaling activity initiated by (deployment ecs-svc/1)"],
    ["SpotInterruption", "Your Spot Task was interrupted."],
    ["TerminationNotice", "Host EC2 (instance i-0123456789abcdef0) terminated."],
    ["TaskFailedToStart", "Capacity is unavailable at this time. Please try again later or in a different availability zone"],
  ] as const)("by a task that was stopped from outside: %s", async (stopCode, reason) => {
    const found = await look((world) => {
      const [task] = tasksOf(world, service(world, backend));
      if (task) stop(world, task, 5, reason, stopCode);
    });
    expect(found).toMatchObject({ status: "pass", says: "have not died of what will come again" });
  });

  test("by the task of a crash loop that happens to run just now", async () => {
    const found = await look((world) => {
      oneDies(world, { died: 20, replaced: 19 });
      const young = tasksOf(world, service(world, backend)).at(-1);
      if (young) stop(world, young, 10, crashed, "EssentialContainerExited", 1);
      startTasks(world, service(world, backend), 2, 1);
    });
    expect(found).toMatchObject({ status: "fail", cause: "app-crash-exit" });
    expect(found?.says).toMatch(/^died 2 times of what will come again/);
  });

  test("by a stack at rest whose tasks ran well until they were scaled in", async () => {
    const found = await look(
      (world) => {
        oneDies(world, { died: 50, replaced: 49 });
        restJustNow(world);
      },
      { scene: "pre-scale-up" },
    );
    expect(found).toMatchObject({ status: "skip" });
  });
});

test("skips what ECS tells of no more, and does not know what it may not see", async () => {
  expect(await look(rest, { scene: "pre-scale-up" })).toMatchObject({ status: "skip", says: "are none that ECS still tells of" });
  const retired = await inspect(check, (world, config) => {
    tasksDie(world, backend, crashed, 1);
    restJustNow(world);
    config.services[backend] = { desiredCount: 0 };
  });
  expect(retired[0]).toMatchObject({ status: "skip", says: "are not wanted any more" });
  const denied = await look((world) => tasksDie(world, backend, noKey("A")), { denied: ["secretsmanager:DescribeSecret"] });
  expect(denied).toMatchObject({ status: "unknown", because: { action: "secretsmanager:DescribeSecret" } });
});

describe("shows what the application said last", () => {
  const dying = (world: World) => {
    tasksDie(world, backend, crashed, 1);
    wrote(world, backend, ["KeyError: 'SMTP_HOST'", "redis://:hunter2@cache:6379"]);
  };
  const shown = async (change: (world: World) => void, circumstances: Circumstances = {}) => {
    const found = await look(change, circumstances);
    expect(found).toMatchObject({ status: "fail", cause: "app-crash-exit" });
    return found?.evidence["lastWords"];
  };

  test("once, where two tasks said the same, and masked", async () => {
    expect(await shown(dying)).toEqual([
      {
        task: expect.any(String) as string,
        container: "backend",
        lines: ["KeyError: 'SMTP_HOST'", "redis://:[masked: a password]@cache:6379"],
      },
    ]);
  });

  test("and says why where it may not, without knowing less of the tasks", async () => {
    expect(await shown(dying, { denied: ["logs:GetLogEvents"] })).toMatch(/^were not read: .*logs:GetLogEvents/);
    expect(await shown(dying, { denied: ["secretsmanager:GetSecretValue"] })).toMatch(/^were not read, since what would have to be masked/);
  });

  test("and nothing, where nothing was written", async () => {
    expect(await shown((world) => tasksDie(world, backend, crashed, 1))).toBeUndefined();
    const healthy = await look(() => {}, { denied: ["logs:GetLogEvents"] });
    expect(healthy).toMatchObject({ status: "pass" });
  });
});
