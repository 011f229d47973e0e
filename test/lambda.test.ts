import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { backend, frontend, nextRevision, rewire } from "../fixtures/backend.ts";
import type { Incident } from "../fixtures/incident.ts";
import blueGreen from "../fixtures/incidents/blue-green-finished.ts";
import inProgress from "../fixtures/incidents/deployment-in-progress.ts";
import noValue from "../fixtures/incidents/secret-without-value.ts";
import type { Change } from "../fixtures/inspect.ts";
import { listen } from "../fixtures/loopback.ts";
import { begin, serveStory } from "../fixtures/story.ts";
import { alarm, beginDeployment, minutesAgo, pageOf, rollOut, service, targetGroup, tasksOf } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import { createHandler, type HookAnswer, type HookEvent, type HookOptions } from "../src/lambda.ts";

const ample = { getRemainingTimeInMillis: () => 60_000 };

/** The event by which ECS would call the hook of a service's newest deployment, as its documentation shows it. */
function eventOf(world: World, lifecycleStage: string, hookDetails?: unknown, name = backend): HookEvent {
  const { serviceArn = "", currentServiceDeployment = "" } = service(world, name);
  const target = world.ecs.serviceDeployments.find((one) => one.serviceDeploymentArn === currentServiceDeployment)?.targetServiceRevision;
  return {
    executionId: "e8d5a28f-eb01-4f3c-9454-a30ba6dc54bc",
    lifecycleStage,
    resourceArn: currentServiceDeployment,
    executionDetails: { serviceArn, targetServiceRevisionArn: target?.arn ?? "", testTrafficWeights: {}, productionTrafficWeights: {} },
    ...(hookDetails !== undefined && { hookDetails }),
  };
}

interface Stage {
  readonly world: World;
  /** Calls the hook; with what it said last, unless another event is given. */
  readonly call: (
    lifecycleStage: string,
    more?: { event?: Partial<HookEvent>; details?: unknown; name?: string; left?: number },
  ) => Promise<HookAnswer>;
  readonly log: Record<string, unknown>[];
}

/** A story on the embedded AWS, and the function in front of it. */
async function onStage(incident: Partial<Incident>, options: HookOptions, play: (stage: Stage) => Promise<void>): Promise<void> {
  const story = begin(incident);
  const { endpoint, credentials, door, close } = await serveStory(story, { denied: incident.denied ?? [] });
  const log: Record<string, unknown>[] = [];
  const { world } = story.source;
  const handler = createHandler({
    environment: { SEAWORTHY_CONFIGURATION: JSON.stringify(story.config) },
    ...{ access: { endpoint, credentials }, door, clock: () => world.now, log: (line: string) => void log.push(JSON.parse(line)) },
    ...options,
  });
  const call: Stage["call"] = (lifecycleStage, { event = {}, details, name, left } = {}) =>
    handler(
      { ...eventOf(world, lifecycleStage, details, name), ...event },
      left === undefined ? ample : { getRemainingTimeInMillis: () => left },
    );
  try {
    await play({ world, call, log });
  } finally {
    await close();
  }
}

/** A release of the backend is under way: its tasks are healthy beside those before it, and ECS asks whether to go on. */
const waiting: Change = (world, config) => {
  rollOut(world, backend, { taskDefinition: nextRevision(world, config, () => {}), state: "healthy" });
};

test("GO lets the deployment go on, although it has not landed: it waits for this answer", async () => {
  await onStage({ change: waiting }, {}, async ({ call, log }) => {
    for (const stage of ["POST_SCALE_UP", "POST_TEST_TRAFFIC_SHIFT", "POST_PRODUCTION_TRAFFIC_SHIFT"])
      expect(await call(stage)).toEqual({ hookStatus: "SUCCEEDED" });
    expect(log).toHaveLength(3);
    expect(log[2]).toMatchObject({
      level: "INFO",
      stage: "POST_PRODUCTION_TRAFFIC_SHIFT",
      verdict: "GO",
      hookStatus: "SUCCEEDED",
      rootCauses: [],
      open: [],
    });
  });
});

test("NO-GO rolls back at once, and the log says the root cause and what mends it, on one line", async () => {
  await onStage(noValue, {}, async ({ call, log }) => {
    expect(await call("POST_PRODUCTION_TRAFFIC_SHIFT")).toEqual({ hookStatus: "FAILED" });
    expect(log).toMatchObject([
      {
        level: "ERROR",
        verdict: "NO-GO",
        reason: expect.stringContaining("has no AWSCURRENT version"),
        rootCauses: [
          {
            finding: "secret-current-version/secret:ohmycoins-prod-app-secrets",
            fix: { run: [expect.stringContaining("put-secret-value")] },
          },
        ],
      },
    ]);
  });
});

test("before a single task has started it finds what they would die of", async () => {
  const change: Change = (world, config) => {
    const misspelt = rewire((valueFrom) => valueFrom.replace(":POSTGRES_PASSWORD:", ":POSTGRES_PASSWROD:"));
    beginDeployment(world, backend, nextRevision(world, config, misspelt), 1);
  };
  await onStage({ change }, {}, async ({ call, log }) => {
    expect(await call("PRE_SCALE_UP")).toEqual({ hookStatus: "FAILED" });
    expect(log[0]).toMatchObject({ scene: "pre-scale-up", reason: expect.stringContaining("POSTGRES_PASSWROD") });
  });
  const fine = (world: World) => void beginDeployment(world, backend, service(world, backend).taskDefinition ?? "", 1);
  await onStage({ change: fine }, {}, async ({ call }) => {
    expect(await call("PRE_SCALE_UP")).toEqual({ hookStatus: "SUCCEEDED" });
  });
});

test("HOLD is asked again until the deadline, and fails then: what nobody knows does not go on", async () => {
  await onStage({ change: inProgress.change ?? (() => {}) }, { deadline: "2m" }, async ({ world, call, log }) => {
    const begun = world.now;
    const later = (seconds: number) => {
      world.now = new Date(begun.getTime() + seconds * 1000);
    };
    const first = await call("POST_SCALE_UP", { details: { bucket: "approvals" } });
    expect(first).toEqual({
      hookStatus: "IN_PROGRESS",
      callBackDelay: 30,
      hookDetails: {
        bucket: "approvals",
        seaworthy: { progress: { of: expect.any(String), since: begun.toISOString(), attempts: 1, verdict: "HOLD" } },
      },
    });
    later(105);
    const second = await call("POST_SCALE_UP", { details: "hookDetails" in first && first.hookDetails });
    expect(second).toMatchObject({
      hookStatus: "IN_PROGRESS",
      callBackDelay: 15,
      hookDetails: { seaworthy: { progress: { attempts: 2 } } },
    });
    later(120);
    expect(await call("POST_SCALE_UP", { details: "hookDetails" in second && second.hookDetails })).toEqual({ hookStatus: "FAILED" });
    expect(log.at(-1)).toMatchObject({
      level: "ERROR",
      verdict: "HOLD",
      attempts: 3,
      reason: expect.stringMatching(/^Time is up, and it was never clear: /),
    });
    expect(log.at(-1)?.["open"]).toContainEqual(
      expect.objectContaining({ status: "pending", finding: expect.stringMatching(/^targets-healthy\//) }),
    );
  });
});

test("HOLD turns into GO as soon as it is one", async () => {
  await onStage({ change: inProgress.change ?? (() => {}) }, {}, async ({ world, call }) => {
    const first = await call("POST_SCALE_UP");
    expect(first.hookStatus).toBe("IN_PROGRESS");
    for (const group of world.elasticloadbalancing.targetGroups)
      for (const target of group.health) target.TargetHealth = { State: "healthy" };
    for (const task of tasksOf(world, service(world, backend))) {
      task.healthStatus = "HEALTHY";
      for (const container of task.containers ?? []) container.healthStatus = "HEALTHY";
    }
    expect(await call("POST_SCALE_UP", { details: "hookDetails" in first && first.hookDetails })).toEqual({ hookStatus: "SUCCEEDED" });
  });
});

test("a permission that is missing is no green: it is waited for, and fails", async () => {
  await onStage({ change: waiting, denied: ["ecs:DescribeTasks"] }, { deadline: "1m" }, async ({ world, call, log }) => {
    const first = await call("POST_SCALE_UP");
    expect(first.hookStatus).toBe("IN_PROGRESS");
    world.now = new Date(world.now.getTime() + 60_000);
    expect(await call("POST_SCALE_UP", { details: "hookDetails" in first && first.hookDetails })).toEqual({ hookStatus: "FAILED" });
    expect(log[1]?.["unknowns"]).toContainEqual(expect.objectContaining({ kind: "denied", action: "ecs:DescribeTasks" }));
  });
});

test("another stage, another step of traffic or another deployment begins its own patience", async () => {
  await onStage({ change: inProgress.change ?? (() => {}) }, { deadline: "1m" }, async ({ world, call }) => {
    const first = await call("POST_SCALE_UP");
    world.now = new Date(world.now.getTime() + 120_000);
    const details = "hookDetails" in first && first.hookDetails;
    expect(await call("POST_TEST_TRAFFIC_SHIFT", { details })).toMatchObject({ hookStatus: "IN_PROGRESS" });
    const { executionDetails } = eventOf(world, "POST_SCALE_UP");
    const step = {
      executionDetails: { ...executionDetails, productionTrafficWeights: { [executionDetails.targetServiceRevisionArn]: 10 } },
    };
    expect(await call("POST_SCALE_UP", { details, event: step })).toMatchObject({ hookStatus: "IN_PROGRESS" });
    expect(await call("POST_SCALE_UP", { details })).toEqual({ hookStatus: "FAILED" });
  });
});

test("is not fooled by the deployment before, which is all that ECS lists yet", async () => {
  await onStage({}, {}, async ({ world, call, log }) => {
    const resourceArn = service(world, backend).currentServiceDeployment?.replace(/[^/]+$/, "Zz5RNVLH6PPzHXINuP28x");
    expect(await call("POST_SCALE_UP", { event: { resourceArn: resourceArn ?? "" } })).toMatchObject({ hookStatus: "IN_PROGRESS" });
    expect(log[0]).toMatchObject({
      verdict: "GO",
      hookStatus: "IN_PROGRESS",
      reason: expect.stringContaining("another service deployment"),
    });
  });
});

test("two services that are deployed at once do not wait for each other, nor roll each other back", async () => {
  const change: Change = (world, config) => {
    waiting(world, config);
    rollOut(world, frontend, { state: "unhealthy" });
    pageOf(world, "dashboard.ohmycoins.com").answers = [{ status: 503, body: "" }];
  };
  await onStage({ change }, {}, async ({ call }) => {
    expect(await call("POST_PRODUCTION_TRAFFIC_SHIFT")).toEqual({ hookStatus: "SUCCEEDED" });
    expect(await call("POST_PRODUCTION_TRAFFIC_SHIFT", { name: frontend })).toMatchObject({ hookStatus: "IN_PROGRESS" });
  });
});

test("an alarm that sounds since before may be what is mended; one that began to sound since fails", async () => {
  const sounding =
    (minutes: number): Change =>
    (world, config) => {
      waiting(world, config);
      const [at, name] = [minutesAgo(world, minutes), "ohmycoins-prod-alb-unhealthy-targets"];
      Object.assign(alarm(world, name), { StateValue: "ALARM", StateUpdatedTimestamp: at, StateTransitionedTimestamp: at });
    };
  await onStage({ change: sounding(60) }, {}, async ({ call }) => {
    expect(await call("POST_PRODUCTION_TRAFFIC_SHIFT")).toEqual({ hookStatus: "SUCCEEDED" });
  });
  await onStage({ change: sounding(1) }, {}, async ({ call }) => {
    expect(await call("POST_PRODUCTION_TRAFFIC_SHIFT")).toEqual({ hookStatus: "FAILED" });
  });
});

test("an endpoint that answers wrongly once it is served does not go on", async () => {
  const change: Change = (world, config) => {
    waiting(world, config);
    pageOf(world, "api.ohmycoins.com").answers = [{ status: 500, body: "" }];
  };
  await onStage({ change }, { deadline: "0" }, async ({ call, log }) => {
    expect(await call("POST_PRODUCTION_TRAFFIC_SHIFT")).toEqual({ hookStatus: "FAILED" });
    expect(log[0]?.["reason"]).toContain("500");
  });
});

test("before users are sent to the new tasks no endpoint is asked, since nobody or the old ones would answer, but for those that the hook names", async () => {
  const change: Change = (world, config) => {
    waiting(world, config);
    pageOf(world, "api.ohmycoins.com").answers = [{ status: 503, body: "" }];
  };
  await onStage({ change }, {}, async ({ call }) => {
    expect(await call("POST_TEST_TRAFFIC_SHIFT")).toEqual({ hookStatus: "SUCCEEDED" });
    const details = { seaworthy: { endpoints: ["backend-health"] } };
    expect(await call("POST_TEST_TRAFFIC_SHIFT", { details })).toMatchObject({ hookStatus: "IN_PROGRESS", hookDetails: details });
  });
});

test("while it is being rolled back nothing is judged, and nothing stands in the way", async () => {
  await onStage(noValue, {}, async ({ world, call, log }) => {
    const { executionDetails } = eventOf(world, "PRODUCTION_TRAFFIC_SHIFT");
    const { targetServiceRevisionArn: green } = executionDetails;
    const back = { executionDetails: { ...executionDetails, productionTrafficWeights: { [green]: 0, "arn:blue": 100 } } };
    expect(await call("PRODUCTION_TRAFFIC_SHIFT", { event: back })).toEqual({ hookStatus: "SUCCEEDED" });
    expect(log).toMatchObject([{ reason: "It is being rolled back: nothing was judged" }]);
    const forward = { executionDetails: { ...executionDetails, productionTrafficWeights: { [green]: 10, "arn:blue": 90 } } };
    expect(await call("PRODUCTION_TRAFFIC_SHIFT", { event: forward })).toEqual({ hookStatus: "FAILED" });
    const before = { executionDetails: { ...executionDetails, productionTrafficWeights: { [green]: 0, "arn:blue": 100 } } };
    expect(await call("PRE_PRODUCTION_TRAFFIC_SHIFT", { event: before })).toEqual({ hookStatus: "FAILED" });
  });
});

test("it answers before Lambda's own time is up where AWS never does, and that is no green", async () => {
  const silent = await listen(() => new Promise(() => {}));
  const access = { endpoint: silent.url, credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "example" } };
  await onStage({ change: waiting }, { access }, async ({ call, log }) => {
    const over = new Promise((resolve) => setTimeout(resolve, 6_000, "Lambda has ended it"));
    expect(await Promise.race([call("POST_SCALE_UP", { left: 6_000 }), over])).toMatchObject({ hookStatus: "IN_PROGRESS" });
    expect(log[0]).toMatchObject({ verdict: "HOLD", open: expect.arrayContaining([expect.objectContaining({ status: "unknown" })]) });
  });
  await silent.close();
});

test.each<[string, HookOptions, Partial<HookEvent>, RegExp]>([
  [
    "a configuration with a mistake",
    { environment: { SEAWORTHY_CONFIGURATION: "deployment: x\nclutser: y\n" } },
    {},
    /^SEAWORTHY_CONFIGURATION:2:1: "clutser" is no key here/m,
  ],
  ["a file that is not there", { environment: { SEAWORTHY_CONFIG: "nowhere.yaml" } }, {}, /nowhere\.yaml cannot be read: ENOENT/],
  [
    "another cluster's configuration",
    { environment: { SEAWORTHY_CONFIGURATION: "{ deployment: x, cluster: other, services: {} }" } },
    {},
    /of the cluster other, and the deployment is in ohmycoins-prod-cluster/,
  ],
  ["a stage that nobody knows", {}, { lifecycleStage: "PRE_LUNCH" }, /PRE_LUNCH is none that this version knows/],
  ["an event of another kind", {}, { executionDetails: undefined as never }, /none of an ECS deployment lifecycle hook/],
  ["a setting that there is none of", {}, { hookDetails: { seaworthy: { dedline: "5m" } } }, /^hookDetails\.seaworthy: .*dedline/],
  ["an endpoint that there is none of", {}, { hookDetails: { seaworthy: { endpoints: ["api"] } } }, /no endpoint "api"/],
  ["a deadline that is none", {}, { hookDetails: { seaworthy: { deadline: "soon" } } }, /soon is no duration/],
])("%s rolls back, and says what is wrong", async (_, options, event, reason) => {
  await onStage({ change: waiting }, options, async ({ call, log }) => {
    expect(await call("POST_SCALE_UP", { event })).toEqual({ hookStatus: "FAILED" });
    expect(log).toMatchObject([{ level: "ERROR", hookStatus: "FAILED", reason: expect.stringMatching(reason) }]);
  });
});

test("without any configuration all is inferred of the service that is deployed", async () => {
  await onStage({ change: waiting }, { environment: { LAMBDA_TASK_ROOT: tmpdir() } }, async ({ call, log }) => {
    expect(await call("POST_SCALE_UP")).toEqual({ hookStatus: "SUCCEEDED" });
    expect(log[0]).toMatchObject({ verdict: "GO" });
  });
});

test("the bundle's own file is found, and the hook may name another one", async () => {
  const folder = await mkdtemp(join(tmpdir(), "seaworthy-"));
  try {
    await onStage({ change: waiting }, { environment: { LAMBDA_TASK_ROOT: folder } }, async ({ call, log }) => {
      const file = (text: string, name: string) => writeFile(join(folder, name), text);
      await file("{ deployment: shop, cluster: ohmycoins-prod-cluster, services: {} }", "seaworthy.config.yaml");
      await file("{ deployment: strict, cluster: ohmycoins-prod-cluster, services: {}, secrets: { gone: { keys: [A] } } }", "strict.yaml");
      expect(await call("POST_SCALE_UP")).toEqual({ hookStatus: "SUCCEEDED" });
      expect(await call("POST_SCALE_UP", { details: '{"seaworthy": {"config": "strict.yaml"}}' })).toEqual({ hookStatus: "FAILED" });
      expect(log).toMatchObject([{ verdict: "GO" }, { verdict: "NO-GO", rootCauses: [{ finding: "secret-exists/secret:gone" }] }]);
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("in a blue/green deployment the tasks before are no reason to wait, and a missing one of the new is", async () => {
  const change: Change = (world, config) => {
    blueGreen.change?.(world, config);
    const { targetGroups } = world.elasticloadbalancing;
    const blue = targetGroups.find(({ TargetGroupName }) => TargetGroupName === "ohmycoins-prod-backend-blue");
    const before = structuredClone(targetGroup(world, "ohmycoins-prod-backend-tg").health);
    waiting(world, config);
    const green = targetGroup(world, "ohmycoins-prod-backend-tg");
    green.health = green.health.filter(({ Target }) => !before.some((one) => one.Target?.Id === Target?.Id));
    if (blue) blue.health = before;
  };
  await onStage({ change }, {}, async ({ world, call }) => {
    expect(await call("POST_PRODUCTION_TRAFFIC_SHIFT")).toEqual({ hookStatus: "SUCCEEDED" });
    targetGroup(world, "ohmycoins-prod-backend-tg").health.pop();
    expect(await call("POST_PRODUCTION_TRAFFIC_SHIFT")).toMatchObject({ hookStatus: "IN_PROGRESS" });
  });
});
