import { expect, test } from "vitest";
import { type Change, inspect } from "../fixtures/inspect.ts";
import { launch, stop } from "../fixtures/scheduler.ts";
import {
  beginDeployment,
  gaveUp,
  landed,
  minutesAgo,
  rest,
  rollOut,
  service,
  startTasks,
  targetGroup,
  targetsAre,
  tasksDie,
  tasksOf,
} from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./630-targets-registered.ts";

const backend = "ohmycoins-prod-backend";
const group = `${backend}-tg`;

const found = async (change?: Change) => (await inspect(check, change)).find(({ subject }) => subject === `target-group:${group}`);
const targets = (world: World) => targetGroup(world, group).health;

test("passes when each task is a target and each target a task", async () => {
  expect(await inspect(check)).toMatchObject([
    { subject: `target-group:${group}`, status: "pass", says: "has a target for each of its 2 tasks" },
    { subject: "target-group:ohmycoins-prod-frontend-tg", status: "pass" },
  ]);
});

test("fails when nothing is registered, and when one task is not", async () => {
  const none = await found((world) => void targets(world).splice(0));
  expect(none).toMatchObject({ status: "fail", says: "has no target registered", evidence: { desired: 2, running: 2, targets: [] } });
  expect(none?.fix?.run[0]).toMatch(/^aws ecs update-service .*--force-new-deployment/);

  expect(await found((world) => void targets(world).pop())).toMatchObject({ status: "fail", says: "has 1 of 2 targets registered" });
});

test("fails when tasks die for good, and points at why they stop", async () => {
  const dead = await found((world) => {
    tasksDie(world, backend, "ResourceInitializationError: no secret");
    gaveUp(world, backend);
  });
  expect(dead).toMatchObject({
    status: "fail",
    says: "has no target registered",
    fix: { do: "Read why tasks stop before they are registered." },
  });
});

test("fails when users are sent to an address or a port where no task of the service is", async () => {
  const stranger = await found((world) => {
    const [first] = targets(world);
    if (first?.Target) first.Target.Id = "10.0.99.99";
  });
  expect(stranger).toMatchObject({ status: "fail", says: `sends users to 10.0.99.99:8000, where no task of ${backend} runs` });
  expect(stranger?.fix?.run).toEqual([expect.stringMatching(/^aws elbv2 deregister-targets .*--targets Id=10\.0\.99\.99,Port=8000$/)]);

  const wrongPort = await found((world) => {
    for (const { Target } of targets(world)) if (Target) Target.Port = 80;
  });
  expect(wrongPort).toMatchObject({ status: "fail", says: expect.stringMatching(/^sends users to \S+:80, \S+:80, where no task/) });
});

test("is pending while a deployment is under way, while a target is being registered, and just after a task has started", async () => {
  expect(await found((world) => void rollOut(world, backend))).toMatchObject({
    status: "pending",
    says: "has 4 targets registered for 2 tasks so far",
  });
  expect(await found((world) => targetsAre(world, group, "initial", "Elb.RegistrationInProgress"))).toMatchObject({ status: "pending" });
  expect(await found((world) => targetsAre(world, group, "initial", "Elb.InitialHealthChecking"))).toMatchObject({ status: "pass" });

  const started = await found((world) => {
    const [task] = tasksOf(world, service(world, backend));
    if (task) task.startedAt = new Date(world.now.getTime() - 20_000);
    targets(world).pop();
  });
  expect(started).toMatchObject({ status: "pending", says: "has 1 of 2 targets registered so far" });
});

test("is pending while the target of a task that has just stopped is still there, and while ECS has a task too many", async () => {
  const died = (minutes: number) => (world: World) => {
    const one = service(world, backend);
    for (const task of tasksOf(world, one).slice(0, 1)) stop(world, task, minutes, "Task stopped by user", "UserInitiated");
    launch(world, one, 10, 1);
  };
  expect(await found(died(1 / 3))).toMatchObject({ status: "pending", says: expect.stringMatching(/^sends users to .* so far$/) });
  expect(await found(died(5))).toMatchObject({ status: "fail", says: expect.stringMatching(/^sends users to /) });

  const tooMany = await found((world) => {
    launch(world, service(world, backend), 10, 1);
    targets(world).pop();
  });
  expect(tooMany).toMatchObject({ status: "pending", says: "has 1 of 2 targets registered so far", evidence: { running: 3 } });
});

test("is done once the deployment has landed, old targets still draining", async () => {
  const done = await found((world) => {
    rollOut(world, backend);
    landed(world, backend);
    const [one] = targets(world);
    const TargetHealth = { State: "draining" as const, Reason: "Target.DeregistrationInProgress" as const };
    targets(world).push({ ...one, Target: { Id: "10.0.11.200", Port: 8000 }, TargetHealth });
  });
  expect(done).toMatchObject({ status: "pass", evidence: { draining: 1 } });
});

test("skips at rest, and where no service is behind a load balancer", async () => {
  expect(await found(rest)).toMatchObject({ status: "skip", says: "is at rest: nothing is to run behind it" });
  const alone = await inspect(check, ({ ecs }) => {
    for (const one of ecs.services) one.loadBalancers = [];
  });
  expect(alone).toMatchObject([{ subject: "deployment:ohmycoins-prod", status: "skip" }]);
});

test("is not fooled by a group in which all is draining", async () => {
  expect(await found((world) => targetsAre(world, group, "draining"))).toMatchObject({
    status: "fail",
    says: "has no target registered",
    evidence: { draining: 2 },
  });
});

test("is not fooled by the right number of targets that are the last deployment's", async () => {
  const stale = await found((world) => {
    const one = service(world, backend);
    const stopped = { lastStatus: "STOPPED", desiredStatus: "STOPPED", stoppedAt: minutesAgo(world, 29) };
    for (const task of tasksOf(world, one)) Object.assign(task, stopped);
    beginDeployment(world, backend, one.taskDefinition ?? "", 30);
    const before = structuredClone(targets(world));
    startTasks(world, one, 28);
    targetGroup(world, group).health = before;
    for (const deployment of one.deployments ?? []) deployment.rolloutState = "COMPLETED";
  });
  expect(stale).toMatchObject({ status: "fail", evidence: { desired: 2, running: 2 } });
});

test("counts both of a blue/green pair together", async () => {
  const pair = await inspect(check, (world) => {
    const blue = targetGroup(world, group);
    const TargetGroupArn = blue.TargetGroupArn.replace("backend-tg", "green-tg");
    world.elasticloadbalancing.targetGroups.push({
      ...blue,
      TargetGroupArn,
      TargetGroupName: "ohmycoins-prod-green-tg",
      health: blue.health,
    });
    blue.health = [];
    for (const one of service(world, backend).loadBalancers ?? [])
      one.advancedConfiguration = { alternateTargetGroupArn: TargetGroupArn, productionListenerRule: "arn:rule", roleArn: "arn:role" };
  });
  expect(pair).toMatchObject([
    { subject: `target-group:${group}`, status: "pass", says: "has a target for each of its 2 tasks" },
    { status: "pass" },
    { subject: "target-group:ohmycoins-prod-green-tg", status: "skip", says: `is judged together with ${group}, the other of its pair` },
  ]);
});

test("counts instances, whose tasks have no address of their own", async () => {
  const instances = (count: number) => (world: World) => {
    for (const task of tasksOf(world, service(world, backend))) {
      task.attachments = [];
      for (const container of task.containers ?? []) container.networkInterfaces = [];
    }
    targetGroup(world, group).health = Array.from({ length: count }, (_, n) => ({
      Target: { Id: "i-0123456789abcdef0", Port: 32768 + n },
      TargetHealth: { State: "healthy" as const },
    }));
  };
  expect(await found(instances(2))).toMatchObject({ status: "pass" });
  expect(await found(instances(1))).toMatchObject({ status: "fail", says: "has 1 of 2 targets registered" });
});

test("a failure that follows from its service is a symptom; tasks that cannot be listed make it unknown", async () => {
  expect(check).toMatchObject({ symptom: expect.arrayContaining(["service-steady", "tasks-survive"]), breaks: true });
  expect(await inspect(check, () => {}, { denied: ["ecs:DescribeTasks"] })).toMatchObject([{ status: "unknown" }, { status: "unknown" }]);
});
