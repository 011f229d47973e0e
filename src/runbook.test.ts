import { describe, expect, test } from "vitest";
import { appSecrets, backend, frontend } from "../fixtures/backend.ts";
import type { Incident } from "../fixtures/incident.ts";
import mendedWithoutRedeploying from "../fixtures/incidents/secret-mended-without-redeploying.ts";
import { loadIncidents } from "../fixtures/incidents.ts";
import { play } from "../fixtures/play.ts";
import { gaveUp, rest, rollOut, secret, service } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import type { Report } from "./report.ts";
import { runbookOf } from "./runbook.ts";

const postgres = "ohmycoins-prod-postgres";
const inPlace = "--cluster ohmycoins-prod-cluster --region ap-southeast-2";
const checklist = async (story: Partial<Incident>) => (await play(story, { scene: "pre-scale-up" })).report;
const runs = ({ runbook }: Report) => runbook?.flatMap(({ run }) => run) ?? [];
const stop = (world: World, status = "stopped") => {
  for (const database of world.rds.instances)
    Object.assign(database, { DBInstanceStatus: status, AutomaticRestartTime: new Date("2026-01-24T09:30:00Z") });
};
const scalesUp = (line: string) => /update-service|start-db|services-stable/.test(line);

test("brings the whole stack up: the database first, the services side by side, then the gate", async () => {
  const report = await checklist({
    change(world) {
      rest(world);
      stop(world);
    },
  });
  expect(report.verdict).toBe("GO");
  expect(runs(report)).toEqual([
    `aws rds start-db-instance --region ap-southeast-2 --db-instance-identifier ${postgres}`,
    `aws rds wait db-instance-available --region ap-southeast-2 --db-instance-identifier ${postgres}`,
    `aws ecs update-service ${inPlace} --service ${backend} --desired-count 2`,
    `aws ecs update-service ${inPlace} --service ${frontend} --desired-count 2`,
    `aws ecs wait services-stable ${inPlace} --services ${backend} ${frontend}`,
    `seaworthy gate ${inPlace}`,
  ]);
  expect(report.runbook?.[0]?.do).toContain("AWS starts it by itself at 2026-01-24T09:30:00.000Z, seven days after it was stopped");
  expect(report.runbook?.map(({ takes }) => takes)).toEqual(["1 min", "5-10 min", "1 min", "3-10 min", "1-10 min"]);
});

test("leaves out what is up already", async () => {
  const report = await checklist({
    change(world) {
      const tasks = world.ecs.tasks.filter(({ group }) => group === `service:${frontend}`);
      const before = structuredClone(service(world, frontend));
      rest(world);
      world.ecs.tasks = tasks;
      Object.assign(service(world, frontend), before);
    },
  });
  expect(runs(report)).toEqual([
    `aws ecs update-service ${inPlace} --service ${backend} --desired-count 2`,
    `aws ecs wait services-stable ${inPlace} --services ${backend}`,
    `seaworthy gate ${inPlace}`,
  ]);
});

test("with everything up there is nothing to do but ask the gate", async () => {
  const { runbook } = await checklist({});
  expect(runbook).toMatchObject([{ run: [`seaworthy gate ${inPlace}`] }]);
  expect(runbook?.[0]?.do).toMatch(/^Nothing has to be started: ohmycoins-prod-postgres is available, .* runs 2 tasks\. Ask the gate/);
});

test("while a blocker stands it names the fix, and scales nothing up", async () => {
  const report = await checklist({
    change(world) {
      rest(world);
      secret(world, appSecrets).versions = [];
    },
  });
  expect(report.verdict).toBe("NO-GO");
  expect(report.runbook?.[0]?.do).toMatch(/^secret:ohmycoins-prod-app-secrets has no AWSCURRENT version.* Put a value with these keys: /);
  expect(runs(report)[0]).toMatch(/^aws secretsmanager put-secret-value --region ap-southeast-2 /);
  expect(runs(report).at(-1)).toBe(`seaworthy checklist ${inPlace}`);
  expect(runs(report).filter(scalesUp)).toEqual([]);
});

test("on HOLD it says what is not known, and waits for what is on its way", async () => {
  const denied = await checklist({ change: rest, denied: ["secretsmanager:DescribeSecret"] });
  expect(denied.verdict).toBe("HOLD");
  expect(denied.runbook?.[0]?.do).toMatch(/^Find out what leaves open .*secret-exists.*secretsmanager:DescribeSecret/);
  expect(runs(denied)).toEqual([`seaworthy checklist ${inPlace}`]);

  const starting = await checklist({
    change(world) {
      rest(world);
      stop(world, "starting");
    },
  });
  expect(starting.verdict).toBe("HOLD");
  expect(runs(starting)).toEqual([
    `aws rds wait db-instance-available --region ap-southeast-2 --db-instance-identifier ${postgres}`,
    `seaworthy checklist ${inPlace}`,
  ]);
});

describe("how many tasks a service is to have", () => {
  const counts = async (change: Incident["change"]) =>
    runs(
      await checklist({
        change(world, config) {
          rest(world);
          config.services = { [backend]: { host: "api.ohmycoins.com" } };
          change(world, config);
        },
      }),
    ).find((line) => line.includes("update-service"));

  test("is what auto-scaling keeps at the least, where nothing is configured; else one", async () => {
    const target = {
      ServiceNamespace: "ecs",
      ScalableDimension: "ecs:service:DesiredCount",
      RoleARN: "arn:aws:iam::220711411889:role/x",
    } as const;
    const ResourceId = `service/ohmycoins-prod-cluster/${backend}`;
    const scaled = (MinCapacity: number) => (world: World) => {
      world.applicationAutoscaling.targets = [{ ...target, ResourceId, MinCapacity, MaxCapacity: 6, CreationTime: world.now }];
    };
    expect(await counts(scaled(3))).toMatch(/ --desired-count 3$/);
    expect(await counts(scaled(0))).toMatch(/ --desired-count 1$/);
  });

  test("is none, where none are configured", async () => {
    expect(
      await counts((_world, config) => {
        config.services = { [backend]: { desiredCount: 0 } };
      }),
    ).toBeUndefined();
  });

  test("takes a new deployment, where ECS gave up on the last one", async () => {
    const line = await counts((world) => {
      rollOut(world, backend);
      gaveUp(world, backend);
      rest(world);
    });
    expect(line).toMatch(/ --desired-count \d --force-new-deployment$/);
  });
});

test("what ECS gave up on is deployed anew where it is scaled up already: there is nothing to wait for", async () => {
  const { report, snapshot } = await play(mendedWithoutRedeploying, { scene: "pre-scale-up" });
  const steps = runbookOf({ snapshot, judgement: report, config: snapshot.config });
  const [anew, wait] = steps;
  expect(anew?.do).toBe("Deploy ohmycoins-prod-backend anew: ECS gave up on the last deployment, and starts no task by itself.");
  expect(anew?.run).toEqual([expect.stringMatching(/update-service .*--service ohmycoins-prod-backend --force-new-deployment$/)]);
  expect(wait?.do).toBe("Wait until ohmycoins-prod-backend is steady.");
});

test("a name that a shell would act upon is quoted, and the deployment is named as the command line did", async () => {
  const { report, snapshot } = await play({ change: rest }, { scene: "pre-scale-up" });
  const config = { ...snapshot.config, cluster: "o'neill; rm -rf" };
  const lines = (meant?: string) =>
    runbookOf({ snapshot, judgement: report, config, ...(meant !== undefined && { meant }) }).flatMap(({ run }) => run);
  expect(lines()[0]).toMatch(/^aws ecs update-service --cluster 'o'\\''neill; rm -rf' --region ap-southeast-2 /);
  expect(lines().at(-1)).toBe("seaworthy gate --cluster 'o'\\''neill; rm -rf' --region ap-southeast-2");
  expect(lines("--config prod.yaml").at(-1)).toBe("seaworthy gate --config prod.yaml");
});

test("does not know what to start, where nobody looked", async () => {
  const { report, snapshot } = await play({ change: rest }, { scene: "pre-scale-up" });
  const judgement = { ...report, notAsked: ["service-exists"] };
  const runbook = runbookOf({ snapshot: { facts: {} }, judgement, config: snapshot.config });
  expect(runbook).toMatchObject([{ do: expect.stringContaining("Not asked: service-exists."), run: [`seaworthy checklist ${inPlace}`] }]);
});

test("other scenes have none, and in no incident does one scale up what is not GO", async () => {
  expect((await play({})).report.runbook).toBeNull();
  const incidents = (await loadIncidents()).filter(({ scene, elsewhere }) => scene === "pre-scale-up" || elsewhere["pre-scale-up"]);
  expect(incidents.length).toBeGreaterThan(5);
  for (const incident of incidents) {
    const report = await checklist(incident);
    const isUp = runs(report).some((line) => line.startsWith("seaworthy gate"));
    expect([incident.name, isUp]).toEqual([incident.name, report.verdict === "GO"]);
    expect(report.verdict === "GO" ? [] : runs(report).filter((line) => /--desired-count/.test(line))).toEqual([]);
  }
});

test("at a sign-off of what is at rest it is what the checklist says of the same readings; where nothing rests there is none", async () => {
  const story: Partial<Incident> = {
    change(world) {
      rest(world);
      stop(world);
      // Weighs more at a sign-off, and keeps nobody from scaling up.
      for (const alarm of world.cloudwatch.metricAlarms) alarm.AlarmActions = [];
    },
  };
  const { report } = await play(story, { scene: "sign-off" });
  expect(report.verdict).toBe("NO-GO");
  expect(report.runbook).toEqual((await checklist(story)).runbook);
  expect((await play({}, { scene: "sign-off" })).report.runbook).toBeNull();
  expect((await play(story, { scene: "post-deploy" })).report.runbook).toBeNull();
});
