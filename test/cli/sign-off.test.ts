import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import asReported from "../../fixtures/incidents/sprint-as-reported.ts";
import { play } from "../../fixtures/play.ts";
import { formatSnapshot } from "../../src/snapshot.ts";
import { seaworthy } from "./seaworthy.ts";

const { snapshot } = await play(asReported);
const [page, html] = ["reports/ohmycoins-prod-sign-off.md", "reports/ohmycoins-prod-sign-off.html"];

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "seaworthy-"));
  await writeFile(join(folder, "snapshot.json"), formatSnapshot(snapshot));
});
afterEach(() => rm(folder, { recursive: true }));

const signOff = (...args: readonly string[]) => seaworthy(["sign-off", "--snapshot", "snapshot.json", ...args], { directory: folder });
const written = (file: string) => readFile(join(folder, file), "utf8");

test("without a reporter it tells the console, writes what people sign, and says where", async () => {
  const { code, stdout, stderr } = await signOff();
  expect(code).toBe(3);
  expect(stdout).toContain("ohmycoins-prod is not fit to carry traffic.");
  expect(stdout).not.toContain("RUNBOOK");
  expect(stderr).toContain(`The sign-off is written to ${page} and ${html}.`);
  for (const file of [page, html]) expect(await written(file)).toContain("Ready for production workload: NO");
  expect(await written(page)).toContain("aws rds start-db-instance");
});

test("where reporters are named, just those are written", async () => {
  const { code, stdout, stderr } = await signOff("--reporter", "sign-off", "--reporter", "json:own.json");
  expect(code).toBe(3);
  expect(stdout).toMatch(/^# Sign-off of sprint 2\.12: ohmycoins-prod\n/);
  expect(stderr).not.toContain("The sign-off is written");
  expect((await readdir(folder)).sort()).toEqual(["own.json", "snapshot.json"]);
});

test("the trap: what could not be written is not said to be there, though an older one is", async () => {
  await mkdir(join(folder, html), { recursive: true });
  const { code, stderr } = await signOff();
  expect(code).toBe(3);
  expect(stderr).toContain("the sign-off-html report could not be written");
  expect(stderr).toContain(`The sign-off is written to ${page}.`);
});

test("the trap: a name that would lead out of the folder stays one part of the path", async () => {
  const named = { ...snapshot, config: { ...snapshot.config, deployment: "../../up and/away" } };
  await writeFile(join(folder, "snapshot.json"), formatSnapshot(named));
  await signOff();
  expect((await readdir(join(folder, "reports"))).sort()).toEqual(["up-and-away-sign-off.html", "up-and-away-sign-off.md"]);
});
