import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { XMLParser } from "fast-xml-parser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serve } from "../fixtures/aws.ts";
import { ohmycoinsConfig } from "../fixtures/configuration.ts";
import { service } from "../fixtures/find.ts";
import { ohmycoins } from "../fixtures/ohmycoins.ts";
import type { ReportedFinding } from "../src/report.ts";
import { outcomeOf, verdictOutcome } from "../src/vitest/outcome.ts";
import { countdown } from "../src/vitest.ts";
import { check, finding, reportOf, story } from "./cli/reports.ts";

const root = join(import.meta.dirname, "..");
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "seaworthy-vitest-"));
});
afterAll(() => rm(folder, { recursive: true }));

interface Case {
  readonly fullName: string;
  readonly status: string;
  readonly tags: readonly string[];
  readonly failureMessages: readonly string[];
}

/** Runs the project `deployment` in a Vitest of its own, with two of its reporters. */
async function deploymentProject(env: Readonly<Record<string, string>>, ...args: string[]) {
  const files = { json: join(folder, "tests.json"), junit: join(folder, "tests.xml") };
  const reporters = Object.entries(files).flatMap(([name, file]) => ["--reporter", name, `--outputFile.${name}`, file]);
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV|TEST|GITHUB|CI$)/.test(name)));
  const command = [join(root, "node_modules/vitest/vitest.mjs"), "run", "--project", "deployment", ...reporters, ...args];
  const code = await new Promise<number>((resolve) => {
    execFile(process.execPath, command, { cwd: root, env: { ...own, ...env } }, (error) => resolve(error ? Number(error.code) : 0));
  });
  const { testResults } = JSON.parse(await readFile(files.json, "utf8")) as { testResults: { assertionResults: Case[] }[] };
  const cases = testResults.flatMap(({ assertionResults }) => assertionResults);
  const xml = await readFile(files.junit, "utf8");
  return { code, cases, xml, of: (status: string) => cases.filter((one) => one.status === status) };
}

test("the project is green on a healthy deployment, with a name of its own for each test", async () => {
  const { code, cases, of, xml } = await deploymentProject({});
  expect(code).toBe(0);
  expect(of("failed")).toEqual([]);
  expect(of("passed").length).toBeGreaterThan(150);
  expect(cases[0]?.fullName).toBe("ohmycoins-prod, post-deploy the verdict is GO");
  expect(new Set(cases.map(({ fullName }) => fullName)).size).toBe(cases.length);
  expect(xml).toContain('<property name="evidence"');
}, 60_000);

test("it fails a deployment with the sentence, the evidence and the commands, and with no stack", async () => {
  const { code, cases, of, xml } = await deploymentProject({ SEAWORTHY_WORLD: "secret-without-value" });
  expect(code).toBe(1);
  const told = Object.fromEntries(of("failed").map(({ fullName, failureMessages }) => [fullName, failureMessages.join("\n")]));
  const put = "aws secretsmanager put-secret-value --region ap-southeast-2 --secret-id ohmycoins-prod-app-secrets";
  expect(told["ohmycoins-prod, post-deploy the verdict is GO"]).toMatch(
    /root cause: secret:ohmycoins-prod-app-secrets has no AWSCURRENT version/,
  );
  const secret = Object.entries(told).find(([name]) => name.includes("220 secret-current-version"))?.[1] ?? "";
  for (const part of [
    "has no AWSCURRENT version: it was created without a value",
    "to mend it: Put a value",
    put,
    "evidence:\n  versions: {}",
  ])
    expect(secret).toContain(part);
  expect(Object.values(told).join("\n")).not.toMatch(/^ +at /m);
  expect(Object.values(told).filter((text) => text.includes("explained by")).length).toBeGreaterThan(3);
  expect(of("skipped").length).toBeGreaterThan(20);

  const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(xml) as { testsuites: Record<string, string> };
  expect(testsuites).toMatchObject({ "@_tests": `${cases.length}`, "@_failures": `${of("failed").length}` });
}, 60_000);

test("it asks the deployment of a configuration, own checks and all, narrowed by tags", async () => {
  const world = ohmycoins();
  service(world, "ohmycoins-prod-backend").enableExecuteCommand = true;
  const aws = await serve({ world });
  try {
    const { endpoints: _, ...config } = ohmycoinsConfig();
    const file = join(folder, "c.json");
    await writeFile(file, JSON.stringify({ ...config, checks: join(root, "examples/seaworthy-checks") }));
    const asked = { SEAWORTHY_CONFIG: file, SEAWORTHY_STRICT: "1", AWS_ENDPOINT_URL: aws.url };
    const env = { ...asked, AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "example" };
    const { code, of } = await deploymentProject(env, "--tags-filter=services && warning");
    expect(code).toBe(1);
    expect(of("failed")).toMatchObject([
      { fullName: expect.stringMatching(/597 shells-closed: .* service:ohmycoins-prod-backend$/), tags: ["warning", "services"] },
    ]);
  } finally {
    await aws.close();
  }
}, 60_000);

describe("how a test ends", () => {
  const ending = (rest: Partial<ReportedFinding>, severity: "blocker" | "warning" | "advice", strict = false) => {
    const one = finding("a", "b:c", rest);
    return outcomeOf({ ...one, check: check(1, "a", [one], { severity }) }, strict).ends;
  };
  const waiver = { reason: "r", owner: "o", expires: "2099-01-01" };

  test.each<[string, Partial<ReportedFinding>, readonly string[]]>([
    ["a pass is green", { status: "pass" }, ["pass", "pass", "pass"]],
    ["a failure is red where it blocks", { status: "fail" }, ["fail", "pass", "pass"]],
    ["what is not known is never green", { status: "unknown" }, ["fail", "skip", "skip"]],
    ["nor is what is still moving", { status: "pending" }, ["fail", "skip", "skip"]],
    ["what does not apply is skipped", { status: "skip" }, ["skip", "skip", "skip"]],
    ["so is what is waived", { status: "fail", waiver }, ["skip", "skip", "skip"]],
    ["so is not knowing, where that is waived", { status: "unknown", waiver }, ["skip", "skip", "skip"]],
  ])("%s", (_, rest, ends) => {
    expect([ending(rest, "blocker"), ending(rest, "warning"), ending(rest, "advice")]).toEqual(ends);
  });

  test("where warnings count, they fail too, and advice does not", () => {
    expect([ending({ status: "fail" }, "warning", true), ending({ status: "unknown" }, "warning", true)]).toEqual(["fail", "fail"]);
    expect(ending({ status: "fail" }, "advice", true)).toBe("pass");
  });

  test("a deployment of which nothing that decides could be asked is not green, though every test is skipped", () => {
    const nothing = reportOf([check(1, "a", [finding("a", "b:c", { status: "skip" })])], { verdict: "HOLD", exitCode: 5 });
    expect(verdictOutcome(nothing)).toMatchObject({ ends: "fail", says: expect.stringContaining("Nothing that decides could be asked") });
    const held = { ...story(), verdict: "HOLD" as const, exitCode: 5, rootCauses: [] };
    expect(verdictOutcome(held).says).toContain("not known: denied sns:ListSubscriptionsByTopic");
    expect(verdictOutcome({ ...nothing, verdict: "GO", exitCode: 4 }).ends).toBe("fail");
    expect(verdictOutcome({ ...nothing, verdict: "GO", exitCode: 0 }).ends).toBe("pass");
  });
});

test("a configuration that is wrong ends the file with what is wrong, and no stack", async () => {
  await expect(countdown({ config: join(folder, "nowhere.yaml") })).rejects.toMatchObject({
    message: expect.stringMatching(/nowhere\.yaml cannot be read: ENOENT\nName a configuration that is there/),
    stack: "",
  });
});
