import { expect, test } from "vitest";
import { play } from "../fixtures/play.ts";
import { targetsAre } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import { complete } from "./config.ts";
import { loadChecks } from "./discover.ts";
import { reportSchema } from "./report.ts";
import { type Judging, rejudge } from "./run.ts";
import { formatSnapshot, parseSnapshot, type SnapshotFile } from "./snapshot.ts";

const checks = await loadChecks();
const judging = (file: SnapshotFile, more: Partial<Judging> = {}): Judging => ({
  ...{ config: file.config, scene: file.scene, checks, version: "0.0.0" },
  ...{ clock: () => new Date(0), signal: new AbortController().signal, ...more },
});
const timeless = (report: object) => JSON.stringify(report, (key, value) => (/^(startedAt|finishedAt|durationMs)$/.test(key) ? 0 : value));

const stories = [
  ["the healthy world", {}],
  [
    "a world that is not there yet",
    { change: (world: World) => targetsAre(world, "ohmycoins-prod-backend-tg", "initial", "Elb.RegistrationInProgress") },
  ],
  ["a world that may not be looked at", { denied: ["ecs:DescribeServices", "secretsmanager:GetSecretValue"] }],
] as const;

test.each(stories)("a snapshot of %s, judged again offline, gives the same report to the byte but for times", async (_, story) => {
  const { report, snapshot } = await play(story);
  const file = parseSnapshot(formatSnapshot(snapshot), "s.json");
  const again = await rejudge(file, judging(file));
  expect(timeless(again.report)).toBe(timeless(report));
});

test.each(stories)("the report of %s is what its schema says", async (_, story) => {
  const { report } = await play(story);
  expect(reportSchema.safeParse(JSON.parse(JSON.stringify(report))).error?.issues ?? []).toEqual([]);
});

test("judged by another configuration, what the snapshot does not hold is unasked, and never green", async () => {
  const { snapshot } = await play({});
  const config = complete({ ...snapshot.config, alarms: { ...snapshot.config.alarms, "one-more": {} } });
  const { report } = await rejudge(snapshot, judging(snapshot, { config }));
  const exists = report.checks.find(({ id }) => id === "alarm-exists");
  expect(report.verdict).toBe("HOLD");
  expect(exists?.findings.filter(({ status }) => status !== "pass")).toMatchObject([
    { subject: "alarm:one-more", status: "unknown", because: { kind: "unasked", why: "it is not in the snapshot" } },
  ]);
});

test("a snapshot can be judged for another scene, and by some of the checks", async () => {
  const { snapshot } = await play({});
  const { report } = await rejudge(snapshot, judging(snapshot, { scene: "sign-off", only: ["2xx"] }));
  expect(report.scene).toBe("sign-off");
  // Those that face absence for what the secrets lean on are asked as well.
  expect(report.checks.filter(({ order }) => order >= 300).map(({ id }) => id)).toEqual(["task-definition-exists", "service-exists"]);
  expect(report.notAsked).toEqual(expect.arrayContaining(["alarm-exists", "secrets-injected"]));
});
