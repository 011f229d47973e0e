import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import {
  beginDeployment,
  gaveUp,
  landed,
  minutesAgo,
  registerTaskDefinition,
  rest,
  rolledBack,
  rollOut,
  service,
  startTasks,
  tasksDie,
} from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./520-service-steady.ts";

const backend = "ohmycoins-prod-backend";
const noValue =
  "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret: ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSCURRENT";

const look = async (change: (world: World) => void, scene?: "sign-off") => {
  const [found] = await inspect(check, (world) => change(world), scene ? { scene } : {});
  return found;
};
const say = (world: World, minutes: number, message: string) =>
  service(world, backend).events?.unshift({
    id: message,
    createdAt: minutesAgo(world, minutes),
    message: `(service ${backend}) ${message}`,
  });

test("passes when all tasks of each service run on one deployment", async () => {
  expect(await inspect(check)).toMatchObject([{ status: "pass", says: "runs 2 of 2 tasks" }, { status: "pass" }]);
});

test("fails at once when no task can start because the secret has no value, and names that cause", async () => {
  const found = await look((world) => tasksDie(world, backend, noValue));
  expect(found).toMatchObject({ status: "fail", cause: "secret-no-current-version", evidence: { running: 0, desired: 2 } });
  expect(found?.says).toContain("staging label: AWSCURRENT");
});

test("fails when tasks die over and over, and names what they die of and not that ECS gave up on them", async () => {
  const crash = await look((world) => tasksDie(world, backend, "Essential container in task exited", 1));
  expect(crash).toMatchObject({ status: "fail", cause: "app-crash-exit" });
  const broken = await look((world) => {
    rollOut(world, backend);
    tasksDie(world, backend, "OutOfMemoryError: Container killed due to memory usage", 137);
    gaveUp(world, backend);
  });
  expect(broken).toMatchObject({ status: "fail", cause: "container-oom" });
});

test("fails when ECS marked the deployment as failed, though nothing tells any more why", async () => {
  const found = await look((world) => {
    rollOut(world, backend);
    gaveUp(world, backend);
  });
  expect(found).toMatchObject({ status: "fail", cause: "circuit-breaker-rollback" });
});

test("is pending while a deployment is in progress, and passes once it has landed", async () => {
  expect(await look((world) => void rollOut(world, backend))).toMatchObject({ status: "pending" });
  const found = await look((world) => {
    rollOut(world, backend);
    landed(world, backend);
  });
  expect(found).toMatchObject({ status: "pass" });
});

test("is pending while more tasks run than are wanted, or fewer without any sign of trouble", async () => {
  expect(
    await look((world) => {
      service(world, backend).runningCount = 3;
    }),
  ).toMatchObject({ status: "pending" });
  expect(
    await look((world) => {
      service(world, backend).runningCount = 1;
    }),
  ).toMatchObject({ status: "pending" });
});

test("is not fooled by a count that is right, as long as an old deployment still has its share of it", async () => {
  const found = await look((world) => {
    rollOut(world, backend);
    Object.assign(service(world, backend), { runningCount: 2 });
    Object.assign(service(world, backend).deployments?.[0] ?? {}, { rolloutState: "COMPLETED" });
  });
  expect(found).toMatchObject({ status: "pending", says: "runs 2 of 2 tasks of its current deployment so far" });
});

test("at rest it fails for a pipeline and skips for a report", async () => {
  expect(await look(rest)).toMatchObject({ status: "fail", says: "is at rest: it wants no task" });
  expect(await look(rest, "sign-off")).toMatchObject({ status: "skip" });
});

test("fails when fewer tasks are wanted than the configuration asks for, however steady they are", async () => {
  const found = await look((world) => {
    const one = service(world, backend);
    Object.assign(one, { desiredCount: 1, runningCount: 1 });
  });
  expect(found).toMatchObject({ status: "fail", says: "wants 1 of at least 2 tasks" });
});

test("is not fooled by failures from before the deployment, or from before the service was last steady", async () => {
  const found = await look((world) => {
    tasksDie(world, backend, noValue);
    registerTaskDefinition(world, backend, () => {});
    world.now = new Date(world.now.getTime() + 10 * 60_000);
    beginDeployment(world, backend, `${backend}:3`, 4);
    startTasks(world, service(world, backend), 2, 1);
  });
  expect(found).toMatchObject({ status: "pending" });
  const scaling = await look((world) => {
    say(world, 30, `was unable to place a task. Reason: ${noValue}.`);
    say(world, 20, "has reached a steady state.");
    Object.assign(service(world, backend), { desiredCount: 3 });
  });
  expect(scaling).toMatchObject({ status: "pending" });
});

test("is not fooled by a task that died once, while another of the same deployment runs", async () => {
  const found = await look((world) => {
    tasksDie(world, backend, noValue);
    startTasks(world, service(world, backend), 0, 1);
  });
  expect(found).toMatchObject({ status: "pending" });
});

test("is not fooled by normal progress, or by a shortage that may pass", async () => {
  const found = await look((world) => {
    rollOut(world, backend);
    say(world, 1, "has begun draining connections on 2 tasks.");
    say(world, 0, "was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later.");
  });
  expect(found).toMatchObject({ status: "pending" });
});

test("calls a rolled-back service steady, since that is what it is: that it is on the wrong revision is another question", async () => {
  const found = await look((world) => {
    registerTaskDefinition(world, backend, () => {});
    rollOut(world, backend, { taskDefinition: `${backend}:3` });
    rolledBack(world, backend);
  });
  expect(found).toMatchObject({ status: "pass" });
});

test("judges a service under CodeDeploy by its tasks, and does not wait for those that CodeDeploy keeps for a while", async () => {
  const blueGreen = (running: number) =>
    look((world) => {
      const one = service(world, backend);
      const taskSet = { status: "PRIMARY", taskDefinition: one.taskDefinition };
      Object.assign(one, { deploymentController: { type: "CODE_DEPLOY" }, deployments: [], taskSets: [taskSet], runningCount: running });
    });
  expect(await blueGreen(4)).toMatchObject({ status: "pass" });
  expect(await blueGreen(1)).toMatchObject({ status: "pending" });
});

test("does not know whether it is over, where it may not see the tasks of a service that is not steady", async () => {
  const circumstances = { denied: ["ecs:DescribeTasks"] };
  const [found] = await inspect(check, (world) => void rollOut(world, backend), circumstances);
  expect(found).toMatchObject({ status: "unknown", because: { kind: "denied" } });
});
