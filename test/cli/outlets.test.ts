import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadWorlds, type ServedWorld, serveWorld } from "../../fixtures/demo.ts";
import { outletsOf } from "../../src/cli/settings.ts";
import { reporterNames } from "../../src/reporters.ts";
import { outputsIn } from "../runner.ts";
import { seaworthy } from "./seaworthy.ts";

let folder = "";
let world: ServedWorld;
const file = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "seaworthy-"));
  const healthy = (await loadWorlds()).find(({ name }) => name === "healthy");
  if (!healthy) throw new Error("there is no healthy world");
  world = await serveWorld(healthy);
  const env = { ...credentials, AWS_ENDPOINT_URL: world.endpoint };
  const { code, stderr } = await seaworthy(["gather", "--cluster", cluster, "-o", file("saved.json")], { env, directory: folder });
  if (code !== 0) throw new Error(stderr);
}, 60_000);
afterAll(async () => {
  await Promise.all([world.close(), rm(folder, { recursive: true })]);
});

const cluster = "ohmycoins-prod-cluster";
const credentials = { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "example", AWS_REGION: "ap-southeast-2" };
const gate = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  seaworthy(["gate", "--snapshot", file("saved.json"), "--quiet", ...args], { env, directory: folder });
const named = (name: string, byItself?: true) => ({ name, path: undefined, ...(byItself && { byItself }) });

test("on GitHub Actions its reporter is there by itself, unless it is named, and stdout is left alone", async () => {
  const github = { GITHUB_ACTIONS: "true" };
  expect(await outletsOf({}, {})).toEqual([named("console")]);
  expect(await outletsOf({}, github)).toEqual([named("console"), named("github", true)]);
  expect(await outletsOf({ reporter: ["json"] }, github)).toEqual([named("json"), named("github", true)]);
  expect(await outletsOf({ reporter: ["github"] }, github)).toEqual([named("github")]);
  expect(await outletsOf({}, { GITHUB_ACTIONS: "false" })).toEqual([named("console")]);
});

test("annotations go to stderr, the report that was asked for to stdout, the summary and the outputs after what is there", async () => {
  await Promise.all([writeFile(file("summary"), "before\n"), writeFile(file("output"), "a=b\n")]);
  const runner = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: file("summary"), GITHUB_OUTPUT: file("output") };
  const { code, stdout, stderr } = await gate(["--reporter", "json", "--reporter", `junit:${file("deep/report.xml")}`], runner);
  const report = JSON.parse(stdout) as { verdict: string; exitCode: number };
  expect(code).toBe(report.exitCode);
  expect(stderr).toMatch(new RegExp(`^::(notice|error) title=${report.verdict}%3A `, "m"));
  expect(await readFile(file("summary"), "utf8")).toMatch(new RegExp(`^before\\n## .+ ${report.verdict}: `));
  const outputs = outputsIn(await readFile(file("output"), "utf8"));
  expect(Object.fromEntries(outputs)).toEqual({
    a: "b",
    verdict: report.verdict,
    "exit-code": `${code}`,
    reports: file("deep/report.xml"),
  });
});

test("elsewhere nothing is appended to anything", async () => {
  await writeFile(file("alone"), "");
  const { stderr } = await gate(["--reporter", "json"], { GITHUB_STEP_SUMMARY: file("alone") });
  expect(stderr).not.toContain("::");
  expect(await readFile(file("alone"), "utf8")).toBe("");
});

test("a summary that cannot be written is said, and changes no verdict; a report that was asked for does", async () => {
  const runner = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: "/proc/nowhere", GITHUB_OUTPUT: file("output2") };
  const plain = await gate(["--reporter", "json"]);
  const { code, stderr } = await gate(["--reporter", "json"], runner);
  expect(stderr).toContain("the github report could not be written to /proc/nowhere (GITHUB_STEP_SUMMARY)");
  expect(code).toBe(plain.code);
});

test("a show is no deployment: the demo leaves what a pipeline collects alone", async () => {
  await writeFile(file("show"), "");
  const { code, stderr } = await seaworthy(["demo", "secret-without-value", "--quiet"], {
    env: { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: file("show") },
  });
  expect([code, stderr, await readFile(file("show"), "utf8")]).toEqual([0, "", ""]);
});

test("help names every reporter that there is", async () => {
  const { stdout } = await seaworthy(["gate", "--help"]);
  expect(stdout.replaceAll(/\s+/g, " ")).toContain(`${(await reporterNames()).join(", ")}; may be given several times`);
});
