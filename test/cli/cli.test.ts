import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ServedWorld } from "../../fixtures/demo.ts";
import { reportSchema } from "../../src/report.ts";
import { served } from "../served.ts";
import { type Circumstances, seaworthy } from "./seaworthy.ts";

const folder = mkdtempSync(join(tmpdir(), "seaworthy-"));
// Of one run at a time, and of the checks that come with it.
const example = join(folder, "ohmycoins-prod.seaworthy.yaml");
writeFileSync(
  example,
  readFileSync(join(import.meta.dirname, "../../examples/ohmycoins-prod.seaworthy.yaml"), "utf8")
    .replace(/^checks: .*$/m, "")
    .replace(/^history: .*$/m, "history: false"),
);
const credentials = { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "example" };

let healthy: ServedWorld;
let moving: ServedWorld;
let resting: ServedWorld;
const file = (name: string) => join(folder, name);
/** The gate on a served world; its load balancer's name leads nowhere without the demo, so its endpoint is left out. */
const gate = (world: ServedWorld, args: readonly string[], more: Circumstances = {}) =>
  seaworthy(["gate", "--config", example, "--skip", "endpoint-answers", ...args], {
    ...more,
    env: { ...credentials, AWS_ENDPOINT_URL: world.endpoint, ...more.env },
  });

beforeAll(async () => {
  [healthy, moving, resting] = await Promise.all([served("healthy"), served("targets-initial"), served("at-rest-before-scale-up")]);
});
afterAll(async () => {
  await Promise.all([healthy.close(), moving.close(), resting.close(), rm(folder, { recursive: true })]);
});

describe("what it is asked", () => {
  test("its version", async () => {
    expect(await seaworthy(["--version"])).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: "" });
  });

  test("a command that there is none of ends with 2, and the nearest one", async () => {
    const { code, stdout, stderr } = await seaworthy(["gaet"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("Did you mean gate?");
  });

  test.for([
    [["gate", "--no-such-option"], "unknown option"],
    [["gate"], "no cluster was named"],
    [["gate", "--cluster", "c", "--fail-on", "old"], "--fail-on old is not understood"],
    [["gate", "--config", example, "--fail-on", "new"], "--fail-on new needs the history"],
    [["gate", "--cluster", "c", "--reporter", "junt:x"], "Did you mean junit?"],
    [["gate", "--cluster", "c", "--reporter", "json", "--reporter", "junit"], "Two reporters would write to stdout"],
    [["gate", "--cluster", "c", "--only", "secret-exist"], "Did you mean secret-exists?"],
    [["gate", "--cluster", "c", "--only", "0xx"], "No check matched"],
    [["gate", "--cluster", "c", "--wait", "soon"], "--wait soon is no duration"],
    [["gate", "--cluster", "c", "--expect-image", "backend=x"], "SERVICE/CONTAINER=REF"],
    [["gate", "--cluster", "c", "--expect-revision", "backend=7"], "--service backend"],
    [["gate", "--config", example, "--expect-revision", "ohmycoins-prod-backedn=7"], "Did you mean ohmycoins-prod-backend?"],
    [["explain", "secret-exist"], "Did you mean secret-exists?"],
    [["demo", "helthy"], "Did you mean healthy?"],
  ] as const)("%j ends with 2 and says why", async ([args, says]) => {
    const { code, stdout, stderr } = await seaworthy(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/\n +at /);
  });
});

describe("the gate", () => {
  test("a healthy deployment is GO, and every report is written", async () => {
    const reports = ["json:r.json", "junit:deep/r.xml", "markdown:r.md"].flatMap((one) => ["--reporter", one.replace(":", `:${folder}/`)]);
    const { code, stdout, stderr } = await gate(healthy, [...reports, "--save-snapshot", file("saved.json")]);
    expect(stderr).not.toContain("crashed");
    expect(code).toBe(0);
    expect(stdout).toContain("━━━ GO ━");
    expect(stderr).toMatch(/^\d\d:\d\d:\d\dZ round 1: GO, \d+ passed/m);
    expect(reportSchema.parse(JSON.parse(await readFile(file("r.json"), "utf8")))).toMatchObject({ verdict: "GO", exitCode: 0 });
    expect(await readFile(file("deep/r.xml"), "utf8")).toContain("</testsuites>");
    expect(await readFile(file("r.md"), "utf8")).toContain("# GO: ohmycoins-prod");
    expect((await readdir(folder)).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("a saved snapshot is judged again without any network, to the same report", async () => {
    const saved = ["--save-snapshot", file("again.json"), "--reporter", "json", "--quiet"];
    const live = await gate(healthy, saved, { env: { AWS_MAX_ATTEMPTS: "1" } });
    const offline = await seaworthy([
      "gate",
      "--config",
      example,
      "--snapshot",
      file("again.json"),
      "--skip",
      "endpoint-answers",
      "--reporter",
      "json",
    ]);
    // Who judges it, and by which file, is another matter.
    const timeless = (text: string) => ({ ...JSON.parse(text), startedAt: "", finishedAt: "", usage: {}, origin: {} });
    expect(offline.code).toBe(0);
    expect(timeless(offline.stdout)).toEqual(timeless(live.stdout));
  });

  test("a snapshot that was cut short ends with 2", async () => {
    await writeFile(file("cut.json"), '{ "schema": "seaworthy.snapshot/1", ');
    const { code, stderr } = await seaworthy(["gate", "--snapshot", file("cut.json")]);
    expect(code).toBe(2);
    expect(stderr).toContain("was cut short");
  });

  test("what the pipeline says that it has just deployed is asked for", async () => {
    const [image, revision] = await Promise.all([
      gate(healthy, ["--expect-image", "ohmycoins-prod-backend/backend=*:sprint-2.12", "--quiet"]),
      gate(healthy, ["--expect-revision", "ohmycoins-prod-backend=9", "--strict", "--quiet"]),
    ]);
    expect(image.code).toBe(3);
    expect(image.stdout).toContain("(image-expected)");
    expect(revision.code).toBe(4);
    expect(revision.stdout).toContain("(task-definition-newest)");
  });

  test("quiet, it says nothing but the report", async () => {
    const { stdout, stderr } = await gate(healthy, ["--quiet", "--reporter", "json"]);
    expect(reportSchema.parse(JSON.parse(stdout)).verdict).toBe("GO");
    expect(stderr.split("\n").filter((line) => line && !line.startsWith("warning: the waiver"))).toEqual([]);
  });

  test("one report that cannot be written loses no other, and is no green", async () => {
    const { code, stdout, stderr } = await gate(healthy, [
      "--quiet",
      "--reporter",
      "json:/proc/nowhere/r.json",
      "--reporter",
      `markdown:${file("kept.md")}`,
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain("the json report could not be written to /proc/nowhere/r.json");
    expect(stdout).toContain("━━━ GO ━");
    expect(await readFile(file("kept.md"), "utf8")).toContain("# GO");
  });

  test("a reader that goes away changes nothing about the exit code", async () => {
    const { code, stderr } = await gate(healthy, ["--quiet", "--verbose"], { impatient: true });
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/EPIPE|crashed/);
  });

  test("without a configuration, all is inferred from the cluster", async () => {
    const env = { ...credentials, AWS_ENDPOINT_URL: healthy.endpoint, AWS_REGION: "ap-southeast-2" };
    const { code, stdout } = await seaworthy(["gate", "--cluster", "ohmycoins-prod-cluster", "--skip", "7xx", "--quiet"], { env });
    expect(code).toBe(0);
    expect(stdout).toContain("cluster ohmycoins-prod-cluster");
  });

  test.for([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s while it waits: the report is whole and says so", async ([signal, expected]) => {
    const path = file(`${signal}.json`);
    const { code, stdout } = await gate(moving, ["--reporter", `json:${path}`], {
      onStderr: (text, kill) => {
        if (text.includes("waiting")) kill(signal);
      },
    });
    expect(code).toBe(expected);
    expect(stdout).toContain("was not judged to the end");
    expect(reportSchema.parse(JSON.parse(await readFile(path, "utf8")))).toMatchObject({
      interrupted: true,
      exitCode: expected,
      verdict: "HOLD",
    });
  });
});

describe("the checklist", () => {
  const inPlace = "--cluster ohmycoins-prod-cluster --region ap-southeast-2";
  const up = `aws ecs update-service ${inPlace} --service ohmycoins-prod-backend --desired-count 2`;

  test("at rest, it ends with the runbook that brings this stack up", async () => {
    const args = ["checklist", "--config", example, "--quiet", "--reporter", "console", "--reporter", `json:${file("rest.json")}`];
    const { code, stdout } = await seaworthy(args, { env: { ...credentials, AWS_ENDPOINT_URL: resting.endpoint } });
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.slice(lines.indexOf("RUNBOOK"))).toContain(`    ${up}`);
    expect(lines.at(-1)).toBe(`    seaworthy gate --config ${example}`);
    const { runbook } = reportSchema.parse(JSON.parse(await readFile(file("rest.json"), "utf8")));
    expect(runbook?.map(({ run }) => run[0])).toContain(up);
  });

  test("without a configuration, its runbook means the same cluster", async () => {
    const args = ["checklist", "--cluster", "ohmycoins-prod-cluster", "--region", "ap-southeast-2", "--quiet"];
    const { stdout } = await seaworthy(args, { env: { ...credentials, AWS_ENDPOINT_URL: resting.endpoint } });
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(`    seaworthy gate ${inPlace}`);
  });
});

describe("when AWS is out of reach, one line says how to mend it", () => {
  const cluster = ["gate", "--cluster", "c", "--wait", "0", "--quiet"];
  test.for([
    ["no credentials", {}, ["--region", "eu-west-1"], "no AWS credentials were found"],
    ["no region", credentials, [], "no AWS region is known"],
    [
      "no endpoint",
      credentials,
      ["--region", "eu-west-1", "--endpoint-url", "http://127.0.0.1:2"],
      "AWS cannot be reached at http://127.0.0.1:2",
    ],
  ] as const)("%s", async ([, env, args, says]) => {
    const { code, stdout, stderr } = await seaworthy([...cluster, ...args], { env });
    expect(code).toBe(5);
    expect(stdout).toContain("━━━ HOLD ━");
    expect(stderr.trim().split("\n")).toEqual([expect.stringContaining(says)]);
  });
});

describe("the other commands", () => {
  test("gather writes all facts down, and the checklist can be judged from them", async () => {
    const args = ["gather", "--config", example, "-o", file("facts.json"), "--endpoint-url", healthy.endpoint];
    expect(await seaworthy(args, { env: credentials })).toMatchObject({ code: 0, stdout: "" });
    const { stdout } = await seaworthy([
      "checklist",
      "--config",
      example,
      "--snapshot",
      file("facts.json"),
      "--skip",
      "7xx",
      "--reporter",
      "json",
    ]);
    const report = reportSchema.parse(JSON.parse(stdout));
    expect(report).toMatchObject({ scene: "pre-scale-up", verdict: "GO", unknowns: [] });
  });

  test("list tells the countdown, and so it does as JSON", async () => {
    const [table, json] = await Promise.all([seaworthy(["list"]), seaworthy(["list", "--reporter", "json"])]);
    expect(table.stdout).toMatch(/^220 secret-current-version +B B B {2}\S/m);
    const checks = JSON.parse(json.stdout) as { id: string; order: number }[];
    expect(checks.map(({ order }) => order)).toEqual(checks.map(({ order }) => order).toSorted((a, b) => a - b));
    expect(checks).toContainEqual(expect.objectContaining({ id: "secret-current-version", order: 220 }));
  });

  test("explain knows a check by its id and by its number", async () => {
    const [byId, byNumber] = await Promise.all([seaworthy(["explain", "secret-current-version"]), seaworthy(["explain", "220"])]);
    expect(byId.stdout).toContain("secretsmanager:DescribeSecret");
    expect(byNumber.stdout).toBe(byId.stdout);
  });

  test("policy grants reading, the configured secrets alone, and nothing that needs no grant", async () => {
    const { code, stdout } = await seaworthy(["policy", "--config", example]);
    const { Statement } = JSON.parse(stdout) as { Statement: { Action: string[]; Resource: unknown }[] };
    const actions = Statement.flatMap(({ Action }) => Action);
    expect(code).toBe(0);
    expect(actions).not.toContain("sts:GetCallerIdentity");
    expect(new Set(actions).size).toBe(actions.length);
    expect(actions.filter((action) => !/:(Describe|Get|List|BatchGet|Decrypt|SimulatePrincipalPolicy)/.test(action))).toEqual([]);
    expect(Statement.find(({ Action }) => Action.includes("secretsmanager:GetSecretValue"))?.Resource).toEqual([
      "arn:aws:secretsmanager:ap-southeast-2:220711411889:secret:ohmycoins-prod-app-secrets",
      "arn:aws:secretsmanager:ap-southeast-2:220711411889:secret:ohmycoins-prod-app-secrets-??????",
    ]);
  });

  test("policy of a part is a part of the policy", async () => {
    const { stdout } = await seaworthy(["policy", "--config", example, "--only", "810"]);
    expect(stdout).toContain("cloudwatch:DescribeAlarms");
    expect(stdout).not.toContain("secretsmanager");
  });
});

describe("demo", () => {
  test("tells the story as it was first deployed: NO-GO, one root cause, and how to mend it", async () => {
    const { code, stdout, stderr } = await seaworthy(["demo"]);
    expect(code).toBe(0);
    expect(stdout).toContain("1 ROOT CAUSE\n✖ secret:ohmycoins-prod-app-secrets has no AWSCURRENT version");
    expect(stdout).toContain("aws secretsmanager put-secret-value --region ap-southeast-2");
    expect(stderr).toContain("seaworthy gate --cluster NAME");
  });

  test("gives the gate's own exit code where it is asked to", async () => {
    expect((await seaworthy(["demo", "--exit-code", "--quiet"])).code).toBe(3);
  });

  test("waits where there is something to wait for", async () => {
    const { code, stdout } = await seaworthy(["demo", "targets-initial-then-healthy", "--reporter", "json"]);
    expect(code).toBe(0);
    expect(reportSchema.parse(JSON.parse(stdout)).waiting).not.toEqual([]);
  });

  test("names all worlds", async () => {
    const { stdout } = await seaworthy(["demo", "--list"]);
    expect(stdout).toMatch(/^healthy +GO/m);
    expect(stdout).toMatch(/^secret-without-value +NO-GO/m);
  });
});
