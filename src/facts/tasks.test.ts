import type { Task } from "@aws-sdk/client-ecs";
import { expect, test } from "vitest";
import { ohmycoinsConfig } from "../../fixtures/configuration.ts";
import { reading } from "../../fixtures/inspect.ts";
import { ohmycoins } from "../../fixtures/ohmycoins.ts";
import { worldPort } from "../../fixtures/port.ts";
import { addressOf, service, startTasks, tasksDie, tasksOf } from "../../fixtures/verbs.ts";
import { worldWeb } from "../../fixtures/web.ts";
import type { World } from "../../fixtures/world.ts";
import type { Port } from "../aws.ts";
import { complete } from "../config.ts";
import { gather } from "../gather.ts";
import { discretion } from "../mask.ts";
import { tasks } from "./tasks.ts";

const backend = "ohmycoins-prod-backend";
const value = async (change: (world: World) => void = () => {}) => {
  const found = (await reading(tasks, change)).readings[backend];
  if (found?.state !== "known") throw new Error(`not known: ${found?.why}`);
  return found.value;
};

/** What is read where AWS's answers are not quite those of a world. */
const through = async (distort: (action: string, answer: object) => object) => {
  const world = ohmycoins();
  const calls: string[] = [];
  const whole = worldPort({ world });
  const port: Port = async (action, input, options) => {
    calls.push(action);
    return distort(action, (await whole(action, input, options)) as object);
  };
  const means = {
    port,
    web: worldWeb({ world }),
    config: complete(ohmycoinsConfig()),
    clock: () => world.now,
    discretion: discretion(),
    signal: new AbortController().signal,
  };
  return { calls, reading: (await gather([tasks], means)).facts["tasks"]?.readings[backend] };
};

test("knows the running tasks with their revision, health, zone and address", async () => {
  let addresses: (string | undefined)[] = [];
  const { running, stopped } = await value((world) => {
    addresses = tasksOf(world, service(world, backend)).map(addressOf);
  });
  expect(running).toHaveLength(2);
  expect(running.map((task) => task.addresses)).toEqual(addresses.map((address) => [address]));
  expect(running[0]).toMatchObject({
    lastStatus: "RUNNING",
    health: "HEALTHY",
    deployment: expect.stringMatching(/^ecs-svc\//),
    instance: null,
  });
  expect(running[0]?.containers).toMatchObject([{ name: "backend", digest: expect.stringMatching(/^sha256:/), health: "HEALTHY" }]);
  expect(stopped).toEqual([]);
});

test("knows why tasks stopped, and that one which never started did not", async () => {
  const { running, stopped } = await value((world) => tasksDie(world, backend, "CannotPullContainerError: not found"));
  expect(running).toEqual([]);
  expect(stopped).toMatchObject([
    { stopCode: "TaskFailedToStart", reason: "CannotPullContainerError: not found", startedAt: null },
    { stopCode: "TaskFailedToStart" },
  ]);
  expect(stopped[0]?.stoppedAt).not.toBeNull();
});

test("lists twice for each service, side by side, and describes what was listed in one call for each", async () => {
  const { calls } = await through((_action, answer) => answer);
  expect(calls.toSorted()).toEqual(["ecs:DescribeTasks", "ecs:DescribeTasks", ...Array(4).fill("ecs:ListTasks")]);
});

test("describes more than a hundred tasks in several calls, and misses none", async () => {
  const { running } = await value((world) => {
    Object.assign(service(world, backend), { desiredCount: 120 });
    startTasks(world, service(world, backend), 5, 118);
  });
  expect(running).toHaveLength(120);
});

test("a task that went away between the calls is no error, and is not there", async () => {
  const { reading: found } = await through((action, answer) => {
    const described = (answer as { tasks?: Task[] }).tasks ?? [];
    if (action !== "ecs:DescribeTasks") return answer;
    return { tasks: described.slice(1), failures: [{ arn: described[0]?.taskArn, reason: "MISSING" }] };
  });
  expect(found).toMatchObject({ state: "known", value: { running: [{ lastStatus: "RUNNING" }] } });
});

test("a task that AWS leaves out without a word makes the answer unknown, not short", async () => {
  const { reading: found } = await through((action, answer) =>
    action === "ecs:DescribeTasks" ? { tasks: ((answer as { tasks?: Task[] }).tasks ?? []).slice(1) } : answer,
  );
  expect(found).toMatchObject({ state: "unknown", kind: "invalid" });
});

test("gives the host ports of a task in bridge mode, which has no address of its own", async () => {
  const { running } = await value((world) => {
    for (const task of tasksOf(world, service(world, backend))) {
      task.containerInstanceArn = "arn:aws:ecs:ap-southeast-2:220711411889:container-instance/ohmycoins-prod-cluster/0123";
      task.attachments = [];
      for (const container of task.containers ?? []) {
        Object.assign(container, { networkInterfaces: [], networkBindings: [{ containerPort: 8000, hostPort: 32768, protocol: "tcp" }] });
      }
    }
  });
  expect(running[0]).toMatchObject({ addresses: [], instance: expect.stringContaining("container-instance/") });
  expect(running[0]?.containers[0]?.ports).toEqual([{ container: 8000, host: 32768 }]);
});

test("is absent for a service that does not exist, and the service leans on its tasks", async () => {
  const { readings, links } = await reading(tasks, (world) => {
    world.ecs.services = world.ecs.services.filter(({ serviceName }) => serviceName !== backend);
  });
  expect(readings[backend]).toMatchObject({ state: "absent" });
  expect(links[0]).toEqual(["service:ohmycoins-prod-frontend", expect.stringMatching(/^task:[0-9a-f]{32}$/)]);
  expect(links[1]?.[1]).toBe("task-definition:ohmycoins-prod-frontend:2");
});
