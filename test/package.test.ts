import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serve } from "../fixtures/aws.ts";
import { ohmycoinsConfig } from "../fixtures/configuration.ts";
import { service } from "../fixtures/find.ts";
import { ohmycoins } from "../fixtures/ohmycoins.ts";
import { type Paper, papers, stepsOf } from "./docs/papers.ts";

const root = join(import.meta.dirname, "..");
const installed = join(root, "node_modules");
let [folder, tarball] = ["", ""];
let aws: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "seaworthy-pack-"));
  const [packed] = JSON.parse(execFileSync("npm", ["pack", "--json", "--pack-destination", folder], { cwd: root, encoding: "utf8" }));
  tarball = join(folder, packed.filename);
  execFileSync("tar", ["xzf", tarball], { cwd: folder });
  const world = ohmycoins();
  service(world, "ohmycoins-prod-backend").enableExecuteCommand = true;
  aws = await serve({ world });
}, 120_000);
afterAll(async () => {
  await aws?.close();
  rmSync(folder, { recursive: true });
});

const unpacked = (...path: string[]) => join(folder, "package", ...path);
const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS_|VITEST|NODE_ENV|TEST|GITHUB|CI$)/.test(name)));
interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs Node; AWS is this process, so that it must not wait for it idly. */
function node(args: readonly string[], cwd: string): Promise<Ended> {
  const env = { ...own, AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "example" };
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, env, maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      resolve({ status: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}
const seaworthy = (args: readonly string[], cwd = folder) => node([unpacked("bin/seaworthy.js"), ...args], cwd);

/** A folder with a configuration that names own checks, and these files in it. */
function place(name: string, files: Readonly<Record<string, string>>): string {
  const made = join(folder, name);
  const { endpoints: _, ...config } = ohmycoinsConfig();
  const all = { "seaworthy.config.yaml": JSON.stringify({ ...config, checks: "./seaworthy-checks" }), ...files };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(dirname(join(made, file)), { recursive: true });
    writeFileSync(join(made, file), text);
  }
  return made;
}

/** A project of somebody who has installed these packages, the packed one among them. */
function project(name: string, files: Readonly<Record<string, string>>, packages: readonly string[]): string {
  const made = place(name, { "package.json": '{ "type": "module" }', ...files });
  for (const one of packages) {
    mkdirSync(dirname(join(made, "node_modules", one)), { recursive: true });
    symlinkSync(join(installed, one), join(made, "node_modules", one));
  }
  cpSync(unpacked(), join(made, "node_modules/seaworthy"), { recursive: true });
  return made;
}

/** The files that a document tells to write. */
const filesOf = (file: string): Readonly<Record<string, string>> => {
  const paper = papers.find((one) => one.file === file) as Paper;
  const files = stepsOf(paper).flatMap((step) =>
    "writes" in step && step.writes.endsWith(".ts") ? [[step.writes, step.text] as const] : [],
  );
  expect(files.length, file).toBe(paper.blocks.filter(({ language }) => language === "ts").length);
  return Object.fromEntries(files);
};

test("what is packed runs by itself, beside nothing at all", async () => {
  expect(await seaworthy(["demo", "healthy"])).toMatchObject({ status: 0, stdout: expect.stringContaining("━━━ GO ━━━") });
  expect(await seaworthy(["list"])).toMatchObject({ status: 0, stdout: expect.stringContaining("alarm-notifies") });
  const { dependencies = {}, peerDependenciesMeta } = JSON.parse(readFileSync(unpacked("package.json"), "utf8"));
  expect(dependencies).toEqual({});
  expect(peerDependenciesMeta).toEqual({ vitest: { optional: true } });
}, 60_000);

test("it asks own checks in a folder where nothing is installed: those of the example", async () => {
  const empty = place("empty", {});
  cpSync(unpacked("examples/seaworthy-checks"), join(empty, "seaworthy-checks"), { recursive: true });
  const { status, stdout, stderr } = await seaworthy(
    ["gate", "--wait", "0", "--quiet", "--only", "597,367", "--strict", "--reporter", "json"],
    empty,
  );
  expect({ status, stderr }).toEqual({ status: 4, stderr: "" });
  const { checks } = JSON.parse(stdout) as { checks: { id: string; status: string }[] };
  expect(checks.filter(({ id }) => /shells|images/.test(id))).toMatchObject([{ status: "pass" }, { status: "fail" }]);
}, 60_000);

const tsconfig = (options: object = {}) =>
  JSON.stringify({
    compilerOptions: {
      ...{ noEmit: true, strict: true, target: "es2024", module: "nodenext", allowImportingTsExtensions: true, types: ["node"] },
      ...{ exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noPropertyAccessFromIndexSignature: true, ...options },
    },
    include: ["*.ts", "seaworthy-checks", "smoke"],
  });
const compiled = (where: string) => node([join(installed, "typescript/bin/tsc"), "-p", where], where);
const peers = ["vitest", "vite", "@types/node", "@vitest", "chai", "@types/chai", "expect-type", "tinybench"];

test("every code block of the documents compiles, with and without the AWS SDK beside it", async () => {
  const files = { ...filesOf("docs/writing-a-check.md"), ...filesOf("docs/vitest.md"), "tsconfig.json": tsconfig({ skipLibCheck: true }) };
  for (const packages of [[], ["@aws-sdk/client-ecs", "@smithy/types"]]) {
    const where = project(`docs-${packages.length}`, files, [...peers, ...packages]);
    expect(await compiled(where)).toMatchObject({ status: 0, stdout: "" });
  }
}, 120_000);

test("its types need no package but their own, and let nothing be called that writes", async () => {
  const asking = (call: string, ask: string) => `
    import { defineFact, known } from "seaworthy";
    export const own = defineFact("own", { kind: "x", calls: ["${call}"], subjects: () => [], ask: ({ aws }) => ${ask}, read: () => known(1) });`;
  const files = {
    "good.ts": `
      import { type Config, defineCheck, judgeDeployment, pass, type Report, skip, type Stated } from "seaworthy";
      import { services } from "seaworthy/facts/services";
      export default defineCheck({
        title: "t", why: "w", severity: "blocker", about: services, none: skip("none"),
        evaluate: ({ running }, _, { config, scene }) => pass("runs", { running: running * 2, cluster: config.cluster, scene }),
      });
      export const configuration = { deployment: "a", cluster: "b", services: { c: { desiredCount: 2 } } } satisfies Stated;
      export const verdict: Promise<"GO" | "NO-GO" | "HOLD"> = judgeDeployment().then((report: Report) => report.verdict);
      // @ts-expect-error: a number is no cluster
      export const wrong: Config["cluster"] = 1;`,
    "writes.ts": asking("ecs:DeleteService", "aws.ecs.DeleteService({})"),
    "undeclared.ts": asking("ecs:ListTasks", "aws.ecs.DescribeTasks({})"),
    "tsconfig.json": tsconfig(),
  };
  const { stdout } = await compiled(project("types", files, ["@types/node", "undici-types"]));
  const wrong = stdout.split("\n").filter((line) => /^\S/.test(line));
  expect(wrong.map((line) => line.slice(0, line.indexOf("(")))).toEqual(["undeclared.ts", "writes.ts", "writes.ts"]);
}, 60_000);

test("seaworthy/vitest makes a suite of a deployment, in a project that has Vitest", async () => {
  const files = { ...filesOf("docs/writing-a-check.md"), ...filesOf("docs/vitest.md"), "alone.config.ts": "export default {};" };
  const where = project("suite", files, ["vitest"]);
  writeFileSync(
    join(where, "smoke/deployment.test.ts"),
    `${(files as Record<string, string>)["smoke/deployment.test.ts"]}`.replace("post-deploy", "sign-off"),
  );
  const vitest = async (...args: string[]) => {
    const report = join(where, "tests.json");
    const { status } = await node(
      [join(installed, "vitest/vitest.mjs"), "run", ...args, "--reporter", "json", "--outputFile", report],
      where,
    );
    const { testResults } = JSON.parse(readFileSync(report, "utf8")) as { testResults: { assertionResults: Asserted[] }[] };
    return { status, asked: testResults.flatMap((one) => one.assertionResults).filter((one) => one.status !== "skipped") };
  };
  const deployment = await vitest("--project", "deployment", "-t", "shells-closed");
  expect(deployment).toMatchObject({
    status: 1,
    asked: [{ status: "failed", failureMessages: [expect.stringContaining("lets shells be opened in its tasks")] }, { status: "passed" }],
  });
  expect(await vitest("seaworthy-checks", "--config", "alone.config.ts")).toMatchObject({ status: 0, asked: [{ status: "passed" }] });
}, 120_000);

interface Asserted {
  readonly status: string;
  readonly failureMessages: readonly string[];
}

test("its exports are as publint and attw want them", async () => {
  const publint = await node([join(installed, "publint/src/cli.js"), "--strict", unpacked()], folder);
  expect(publint).toMatchObject({ status: 0 });
  const attw = await node(
    [join(installed, "@arethetypeswrong/cli/dist/index.js"), tarball, "--profile", "esm-only", "--format", "json"],
    folder,
  );
  const { analysis } = JSON.parse(attw.stdout) as {
    analysis: { problems: { kind: string; resolutionKind?: string }[]; entrypoints: object };
  };
  expect(Object.keys(analysis.entrypoints)).toEqual(expect.arrayContaining([".", "./vitest"]));
  expect(analysis.problems.filter(({ resolutionKind }) => resolutionKind !== "node10" && resolutionKind !== "node16-cjs")).toEqual([]);
  expect(attw.status).toBe(0);
}, 60_000);
