import { expect, test } from "vitest";
import { loadIncidents } from "../../fixtures/incidents.ts";
import { play } from "../../fixtures/play.ts";
import { loadChecks } from "../discover.ts";
import type { Report } from "../report.ts";
import { rejudge } from "../run.ts";
import { withinDeployment } from "./within.ts";

const checks = withinDeployment(await loadChecks());
const incidents = (await loadIncidents()).filter(({ name }) => /deploy|green|roll|revision|target|alarm-sound|crash|denied-ecs/.test(name));
const ids = ({ checks }: Report, ...statuses: string[]) =>
  checks.flatMap(({ findings }) => findings.flatMap(({ id, status }) => (statuses.includes(status) ? [id] : [])));

test.each(incidents)("$name: within a deployment nothing is softened but what only its end can settle", async (incident) => {
  const { snapshot, report } = await play(incident);
  const { config, scene } = snapshot;
  const judging = {
    config,
    scene,
    checks,
    version: "0.0.0",
    clock: () => new Date(snapshot.takenAt),
    signal: new AbortController().signal,
  };
  const within = (await rejudge(snapshot, judging)).report;

  expect(ids(within, "fail")).toEqual(ids(report, "fail"));
  expect(ids(within, "unknown")).toEqual(ids(report, "unknown"));
  expect(ids(within, "pass")).toEqual(ids(report, "pass"));
  const left = ids(report, "pending").filter((id) => !ids(within, "pending").includes(id));
  for (const id of left) expect(id).toMatch(/^(service-steady|deployment-landed|tasks-on-revision|targets-registered|alarm-quiet)\//);
  if (report.verdict !== "HOLD") expect(within.verdict).toBe(report.verdict);
  const blocking = { ...within, checks: within.checks.filter(({ severity }) => severity === "blocker") };
  if (ids(blocking, "pending", "unknown").length > 0) expect(within.verdict).not.toBe("GO");
});
