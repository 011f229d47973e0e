import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ServedWorld } from "../../fixtures/demo.ts";
import { reportSchema } from "../../src/report.ts";
import { served } from "../served.ts";
import { seaworthy } from "./seaworthy.ts";

const credentials = { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "example", AWS_REGION: "ap-southeast-2" };
const cluster = "ohmycoins-prod-cluster";

let directory = "";
let healthy: ServedWorld;
let blind: ServedWorld;
const file = (name: string) => join(directory, name);
const run = (args: readonly string[], world: ServedWorld = healthy) =>
  seaworthy(args, { directory, env: { ...credentials, AWS_ENDPOINT_URL: world.endpoint } });
const init = (args: readonly string[], world?: ServedWorld) => run(["init", "--cluster", cluster, ...args], world);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "seaworthy-"));
  [healthy, blind] = await Promise.all([served("healthy"), served("denied-cloudwatch-describe-alarms")]);
});
afterAll(async () => {
  await Promise.all([healthy.close(), blind.close(), rm(directory, { recursive: true })]);
});

test("init, then gate: a healthy stack is GO, and is described as it is", async () => {
  const { code, stdout, stderr } = await init([]);
  expect({ code, stdout, stderr }).toEqual({
    code: 0,
    stdout: "",
    stderr: "wrote seaworthy.config.yaml. Read it, then ask for it: seaworthy gate\n",
  });
  const text = await readFile(file("seaworthy.config.yaml"), "utf8");
  expect(text).toContain('\naccount: "220711411889"\n');
  // From here the load balancer's name leads nowhere.
  expect(text).toContain("\n# ohmycoins-prod-backend is left out: it could not be reached from here.\n");

  const gate = await run(["gate", "--quiet", "--wait", "0", "--reporter", "json"]);
  expect(gate.code).toBe(0);
  const report = reportSchema.parse(JSON.parse(gate.stdout));
  expect(report).toMatchObject({ verdict: "GO", unknowns: [], deployment: { name: "ohmycoins-prod" } });
});

describe("a file that is there", () => {
  test("is left as it is where nothing changed", async () => {
    await init(["-o", "same.yaml"]);
    expect(await init(["-o", "same.yaml"])).toEqual({ code: 0, stdout: "", stderr: "same.yaml is as it would be written\n" });
  });

  test("is not overwritten: the difference is shown instead, until it is forced", async () => {
    await init(["-o", "mine.yaml"]);
    const mine = (await readFile(file("mine.yaml"), "utf8")).replace("desiredCount: 2", "desiredCount: 4");
    await writeFile(file("mine.yaml"), mine);

    const { code, stdout, stderr } = await init(["-o", "mine.yaml"]);
    expect(code).toBe(2);
    expect(stdout).toContain("--- mine.yaml\n+++ mine.yaml, as it would be written\n@@ ");
    expect(stdout).toContain("\n-    desiredCount: 4\n+    desiredCount: 2\n");
    expect(stderr).toBe("mine.yaml is there already, and was left as it is\nOverwrite it: --force. Or write another file: -o FILE\n");
    expect(await readFile(file("mine.yaml"), "utf8")).toBe(mine);

    expect(await init(["-o", "mine.yaml", "--force"])).toMatchObject({ code: 0 });
    expect(await readFile(file("mine.yaml"), "utf8")).toBe(mine.replace("desiredCount: 4", "desiredCount: 2"));
    expect((await readdir(directory)).filter((name) => name.startsWith(".") && name !== ".seaworthy")).toEqual([]);
  });
});

test("what may not be read is said, in the file and on stderr, and the rest is written", async () => {
  const { code, stderr } = await init(["-o", "blind.yaml"], blind);
  expect(code).toBe(0);
  expect(stderr).toContain("not read, denied: cloudwatch:DescribeAlarms");
  const text = await readFile(file("blind.yaml"), "utf8");
  expect(text).toContain("# - cloudwatch:DescribeAlarms is not allowed\n");
  expect(text).toContain("\n  ohmycoins-prod-backend:\n    desiredCount: 2\n");
  expect(text).not.toContain("\nalarms:");
});

test("one service of several, and what Terraform means beside", async () => {
  const values = { alarm_name: "ohmycoins-prod-queue", namespace: "AWS/SQS", metric_name: "Depth", threshold: 5 };
  const resources = [{ mode: "managed", type: "aws_cloudwatch_metric_alarm", values, sensitive_values: {} }];
  await writeFile(file("state.json"), JSON.stringify({ format_version: "1.0", values: { root_module: { resources } } }));
  const args = ["--service", "ohmycoins-prod-frontend", "--terraform", "state.json", "-o", "deep/one.yaml"];
  expect(await init(args)).toMatchObject({ code: 0 });
  const text = await readFile(file("deep/one.yaml"), "utf8");
  expect(text).not.toContain("ohmycoins-prod-backend:");
  expect(text).toContain(
    "  # Terraform's, and not deployed.\n  ohmycoins-prod-queue: { namespace: AWS/SQS, metric: Depth, threshold: 5 }\n",
  );
});

test("to stdout it writes the text and nothing else", async () => {
  const { code, stdout, stderr } = await init(["-o", "-"]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("\ncluster: ohmycoins-prod-cluster\n");
});

test.for([
  [["init"], 2, "No cluster was named"],
  [["init", "--cluster", "nowhere"], 2, 'There is no cluster "nowhere" in account 220711411889 and ap-southeast-2'],
  [["init", "--cluster", cluster, "--service", "ohmycoins-prod-backedn"], 2, "Did you mean ohmycoins-prod-backend?"],
  [["init", "--cluster", cluster, "--terraform", "none.json"], 2, "none.json cannot be read: ENOENT"],
  [["init", "--cluster", cluster, "--terraform", "words.txt"], 2, "terraform show -json"],
  [["init", "--cluster", cluster, "-o", "/proc/nowhere/f.yaml"], 2, "/proc/nowhere/f.yaml could not be written"],
  [
    ["init", "--cluster", cluster, "--region", "eu-west-1", "--endpoint-url", "http://127.0.0.1:2"],
    5,
    "AWS cannot be reached at http://127.0.0.1:2",
  ],
] as const)("%j ends with %i and says why, and writes nothing", async ([args, expected, says]) => {
  await writeFile(file("words.txt"), "terraform");
  const before = await readdir(directory);
  const { code, stdout, stderr } = await run(args);
  expect([code, stdout]).toEqual([expected, ""]);
  expect(stderr).toContain(says);
  expect(stderr.trim().split("\n").length).toBeLessThanOrEqual(2);
  expect(await readdir(directory)).toEqual(before);
});

test.for([
  ["no credentials", { AWS_REGION: "eu-west-1" }, "no AWS credentials were found"],
  ["no region", { AWS_ACCESS_KEY_ID: "A", AWS_SECRET_ACCESS_KEY: "b" }, "no AWS region is known"],
] as const)("%s is one line", async ([, env, says]) => {
  const { code, stdout, stderr } = await seaworthy(["init", "--cluster", cluster, "-o", file("never.yaml")], { env });
  expect([code, stdout]).toEqual([5, ""]);
  expect(stderr.trim().split("\n")).toEqual([expect.stringContaining(says)]);
});
