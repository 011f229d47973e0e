import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ohmycoinsConfig } from "../fixtures/configuration.ts";
import { loadIncidents } from "../fixtures/incidents.ts";
import { ohmycoins } from "../fixtures/ohmycoins.ts";
import { worldPort } from "../fixtures/port.ts";
import { alarm, pageOf, rest, targetGroup, taskDefinition } from "../fixtures/verbs.ts";
import { worldWeb } from "../fixtures/web.ts";
import type { World } from "../fixtures/world.ts";
import type { Scene } from "../src/check.ts";
import { configure } from "../src/cli/configuration.ts";
import { type Config, complete, inferable } from "../src/config.ts";
import { factsOf, plan } from "../src/countdown.ts";
import { loadChecks, loadSections } from "../src/discover.ts";
import { withNeeds } from "../src/gather.ts";
import { stages } from "../src/infer.ts";
import { written } from "../src/init/document.ts";
import { draftOf } from "../src/init/draft.ts";
import { headOf } from "../src/init/head.ts";
import { type Meant, nothingMeant } from "../src/init/meant.ts";
import { survey } from "../src/init/survey.ts";
import { statementsOf } from "../src/least-policy.ts";
import { discretion } from "../src/mask.ts";
import type { Report } from "../src/report.ts";
import { run } from "../src/run.ts";

const checks = await loadChecks();
const incidents = await loadIncidents();
const cluster = "ohmycoins-prod-cluster";
const nothing: Config = {
  ...complete({ deployment: "ohmycoins-prod", region: "ap-southeast-2", cluster, services: {} }),
  inferred: inferable,
};

let directory = "";
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "seaworthy-"));
});
afterAll(() => rm(directory, { recursive: true }));

const means = (world: World, denied: readonly string[] = [], policy?: string) => ({
  ...{ port: worldPort({ world }, { denied, ...(policy !== undefined && { policy }) }), web: worldWeb({ world }), clock: () => world.now },
  ...{ deadline: 5_000, discretion: discretion(), signal: new AbortController().signal },
});

async function judged(world: World, config: Config, scene: Scene, denied: readonly string[] = [], policy?: string): Promise<Report> {
  const { report } = await run({ ...means(world, denied, policy), config, scene, checks, version: "0", wait: 0, calls: () => ({}) });
  return report;
}

/** The text that init writes of a world. */
async function writtenOf(world: World, denied: readonly string[] = [], meant = nothingMeant): Promise<string> {
  const countdown = { checks: plan(checks, { scene: "post-deploy", severity: {} }).checks.filter(({ first }) => first), notAsked: [] };
  const material = await survey({ ...means(world, denied), config: nothing, scene: "post-deploy", countdown }, meant);
  return written(headOf(material.snapshot), draftOf(material, world.account));
}

async function asWritten(world: World, name = "written"): Promise<Config> {
  const file = join(directory, `${name}.yaml`);
  await writeFile(file, await writtenOf(world));
  const checkIds = checks.map(({ id }) => id);
  return (await configure({ config: file }, { directory, environment: {}, checkIds })).config;
}

const statuses = ({ checks }: Report) =>
  new Map(checks.flatMap(({ findings }) => findings.map(({ id, status, says }) => [id, { status, says }] as const)));

/** How many tasks are meant to run is never inferred: what that takes is asked only where it is stated. */
const ofCounts = /^(addresses-free|quota-sufficient)\//;

/** Where the two differ, but for what was skipped since nobody had stated what to hold it against. */
function differences(zero: Report, stated: Report): readonly string[] {
  const [one, other] = [statuses(zero), statuses(stated)];
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((id) => {
    const [without, having] = [one.get(id), other.get(id)];
    if (without?.status === having?.status || (without?.status === "skip" && having?.status === "pass")) return [];
    if (ofCounts.test(id) && having?.status === "fail") return [];
    return [`${id}: ${without?.status} (${without?.says}), and ${having?.status} (${having?.says}) once written`];
  });
}

test.each<Scene>(["post-deploy", "pre-scale-up", "sign-off"])(
  "a healthy stack is GO in %s by its cluster's name alone, without a warning",
  async (scene) => {
    const report = await judged(ohmycoins(), nothing, scene);
    const failing = report.checks.flatMap(({ findings }) => findings.filter(({ status }) => !["pass", "skip"].includes(status)));
    // That one is true, and waived where a configuration may say so.
    expect(failing.map(({ id, status }) => `${status} ${id}`)).toEqual(["fail https-only/listener:ohmycoins-prod-alb:80"]);
    expect(report.verdict).toBe("GO");
  },
);

test.each<Scene>(["post-deploy", "pre-scale-up", "sign-off"])(
  "what init writes of a healthy stack is GO in %s, and judges no more",
  async (scene) => {
    const world = ohmycoins();
    const config = await asWritten(world);
    expect(config.inferred).toEqual([]);
    const [zero, stated] = [await judged(world, nothing, scene), await judged(world, config, scene)];
    expect(stated.verdict).toBe("GO");
    expect(differences(zero, stated)).toEqual([]);
  },
);

const lasting = incidents.filter(({ denied = [], later = [] }) => denied.length + later.length === 0);
const innocent = lasting.filter(({ says }) => says.verdict === "GO" && says.fails.length === 0);

test.each(innocent.map((incident) => [incident.name, incident] as const))(
  "%s is no fault by the cluster's name alone either",
  async (_, { change, scene }) => {
    const world = ohmycoins();
    change?.(world, ohmycoinsConfig());
    const report = await judged(world, nothing, scene ?? "post-deploy");
    const failing = report.checks.flatMap(({ findings }) => findings.filter(({ status }) => status !== "pass" && status !== "skip"));
    expect(failing.map(({ id, status, says }) => `${status} ${id} ${says}`).filter((one) => !one.includes("https-only"))).toEqual([]);
    expect(report.verdict).toBe("GO");
  },
);

// The first that each check comes first in.
const failing = [...new Map(lasting.toReversed().map((incident) => [incident.says.fails[0], incident])).values()];

test.concurrent.each(failing.map((incident) => [incident.name, incident] as const))(
  "%s: what init writes judges no more than the cluster's name",
  async (name, { change, scene = "post-deploy" }) => {
    const world = ohmycoins();
    change?.(world, ohmycoinsConfig());
    const config = await asWritten(world, name);
    expect(differences(await judged(world, nothing, scene), await judged(world, config, scene))).toEqual([]);
  },
);

const facts = withNeeds([...factsOf(checks), ...stages(nothing, await loadSections()).flat()]);
const statements = statementsOf(facts, nothing);

test("the policy that is printed for a cluster's name is enough", async () => {
  const report = await judged(ohmycoins(), nothing, "post-deploy", [], JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  expect(report.unknowns).toEqual([]);
  expect(report.verdict).toBe("GO");
});

test.concurrent("whatever may not be asked, nothing is left out for it: what passed is unknown, or passes still", async () => {
  const before = await judged(ohmycoins(), nothing, "post-deploy");
  const found: string[] = [];
  for (const action of statements.flatMap(({ Action }) => Action)) {
    const { checks: after } = await judged(ohmycoins(), nothing, "post-deploy", [action]);
    for (const [n, { id, status }] of after.entries())
      if (status !== before.checks[n]?.status && status !== "unknown") found.push(`${id} is ${status} without ${action}`);
  }
  expect(found).toEqual([]);
}, 60_000);

describe("init", () => {
  test("writes the same text for the same deployment", async () => {
    expect(await writtenOf(ohmycoins())).toBe(await writtenOf(ohmycoins()));
  });

  test("does not take a service at rest for one that is meant to run no task", async () => {
    const world = ohmycoins();
    rest(world);
    world.applicationAutoscaling.targets = [];
    const text = await writtenOf(world);
    expect(text).toContain("  # At rest when this was written: state desiredCount");
    expect(text).not.toContain("desiredCount: 0");
    expect(text).toContain("url: http://ohmycoins-prod-alb-");
  });

  test("writes the status that an endpoint gives, where its health check takes several, and none that cannot be asked from everywhere", async () => {
    const world = ohmycoins();
    targetGroup(world, "ohmycoins-prod-backend-tg").Matcher = { HttpCode: "200-399" };
    pageOf(world, "api.ohmycoins.com").answers = [{ status: 204, body: "" }];
    expect(await writtenOf(world)).toMatch(/service: ohmycoins-prod-backend\n {4}expect: \{ status: 204 \}/);
    for (const balancer of world.elasticloadbalancing.loadBalancers) balancer.Scheme = "internal";
    expect(await writtenOf(world)).toContain("# ohmycoins-prod-backend is left out: it is behind an internal load balancer.");
  });

  test("does not write a setting that makes an alarm blind, and says so", async () => {
    const world = ohmycoins();
    alarm(world, "ohmycoins-prod-rds-free-storage").ComparisonOperator = "GreaterThanThreshold";
    const text = await writtenOf(world);
    expect(text).toContain("  # As it is deployed, it compares with >, while FreeStorageSpace goes down as things get worse.");
    expect(text).toMatch(/rds-free-storage: \{ namespace: AWS\/RDS, metric: FreeStorageSpace, threshold/);
  });

  test("leaves stores unstated where an environment names one that is not here: it may be another account's", async () => {
    const world = ohmycoins();
    const [container] = taskDefinition(world, "ohmycoins-prod-backend:2").containerDefinitions ?? [];
    container?.environment?.push({ name: "LEDGER", value: "ledger.c7gq2mz0v4kd.ap-southeast-2.rds.amazonaws.com" });
    const text = await writtenOf(world);
    expect(text).toContain(
      "# A task definition names ledger, which is not in this account and region.\n# databases:\n#   ohmycoins-prod-postgres:",
    );
    const report = await judged(world, nothing, "post-deploy");
    expect(report.verdict).toBe("GO");
  });

  test.each([
    ["cloudwatch:DescribeAlarms", "alarms", "ohmycoins-prod-alb"],
    ["secretsmanager:DescribeSecret", "secrets", "SECRET_KEY"],
    ["elasticloadbalancing:DescribeRules", "endpoints", "url:"],
    ["cloudwatch:ListDashboards", "dashboards", "dashboards: ["],
  ])("without %s it says so of %s, and writes the rest", async (action, section, absent) => {
    const text = await writtenOf(ohmycoins(), [action]);
    expect(text).toContain(`# - ${action} is not allowed\n`);
    expect(text).toContain(`# ${section}: `);
    expect(text).toContain(`# What is deployed could not be found out: ${action} is not allowed.`);
    expect(text).not.toContain(absent === "ohmycoins-prod-alb" ? "ohmycoins-prod-alb-5xx" : absent);
    expect(text).toContain("  ohmycoins-prod-backend:\n    desiredCount: 2\n");
  });

  test.each(["rds:DescribeDBInstances", "elasticache:DescribeReplicationGroups"])(
    "without %s a store is named, with its settings unread",
    async (action) => {
      const text = await writtenOf(ohmycoins(), [action]);
      expect(text).toContain(
        `  # Could not be read: ${action} is not allowed.\n  ohmycoins-prod-${action.startsWith("rds") ? "postgres" : "redis"}: {}\n`,
      );
    },
  );

  test("needs no secret's value", async () => {
    const text = await writtenOf(ohmycoins(), ["secretsmanager:GetSecretValue"]);
    expect(text).toBe(await writtenOf(ohmycoins()));
  });

  test("adds what Terraform means and nobody deployed, and says where the two differ", async () => {
    const alarms = {
      "ohmycoins-prod-rds-cpu-utilization": { threshold: 70 },
      "ohmycoins-prod-queue": { namespace: "AWS/SQS", threshold: 5 },
    };
    const meant: Meant = {
      ...nothingMeant,
      ...{ alarms, databases: { "ohmycoins-prod-postgres": { multiAz: true, backupRetentionDays: 35 } } },
      services: {
        "ohmycoins-prod-worker": { cluster, desiredCount: 1, targetGroups: [] },
        other: { cluster: "staging", desiredCount: 1, targetGroups: [] },
      },
      secrets: ["ohmycoins-prod-mail"],
      asked: [{ family: "ohmycoins-prod-backend", revision: 3, secret: "ohmycoins-prod-app-secrets-Xk3T9q", key: "SENTRY_DSN" }],
      lock: { state: "state/terraform.tfstate", lockTable: "lock" },
      hints: { ...nothingMeant.hints, databases: ["ohmycoins-prod-postgres", "gone"], dashboards: ["nowhere"] },
    };
    const text = await writtenOf(ohmycoins(), [], meant);
    expect(text).toContain("  # Not deployed yet: Terraform means it to be.\n  ohmycoins-prod-worker:\n    desiredCount: 1\n");
    expect(text).toContain("SMTP_PORT, SENTRY_DSN]");
    expect(text).toContain("  # Asked for by Terraform's task definition and not by what is deployed: SENTRY_DSN.");
    expect(text).toContain("  ohmycoins-prod-mail: {}\n");
    expect(text).toContain("  # threshold 70 is Terraform's: deployed is 80.\n  ohmycoins-prod-rds-cpu-utilization: {");
    expect(text).toContain("  # Terraform's, and not deployed.\n  ohmycoins-prod-queue: { namespace: AWS/SQS, threshold: 5 }");
    expect(text).toContain("  # backupRetentionDays 35 is Terraform's: deployed is 30.");
    expect(text).toContain("terraform: { state: state/terraform.tfstate, lockTable: lock }");
    expect(text).not.toMatch(/gone|nowhere|staging|^ {2}other:/m);
  });
});
