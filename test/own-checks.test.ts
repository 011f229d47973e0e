import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serve } from "../fixtures/aws.ts";
import { ohmycoinsConfig } from "../fixtures/configuration.ts";
import { service } from "../fixtures/find.ts";
import { ohmycoins } from "../fixtures/ohmycoins.ts";
import { loadChecks } from "../src/discover.ts";
import type { Report } from "../src/report.ts";
import { type Ended, seaworthy } from "./cli/seaworthy.ts";
import { type Paper, papers, stepsOf } from "./docs/papers.ts";

const root = join(import.meta.dirname, "..");
const examples = join(root, "examples/seaworthy-checks");
const backend = "ohmycoins-prod-backend";
let aws: Awaited<ReturnType<typeof serve>>;
let [folder, home] = ["", ""];

beforeAll(async () => {
  const world = ohmycoins();
  service(world, backend).enableExecuteCommand = true;
  aws = await serve({ world });
  home = await mkdtemp(join(tmpdir(), "seaworthy-own-"));
});
afterAll(async () => {
  await aws.close();
  await rm(home, { recursive: true });
});

/** A folder with a configuration that names own checks, far from every package.json, and these files in it. */
async function place(files: Readonly<Record<string, string>>): Promise<string> {
  const made = await mkdtemp(join(home, "x"));
  folder = made;
  const { endpoints: _, ...config } = ohmycoinsConfig();
  await writeFile(join(made, "seaworthy.config.json"), JSON.stringify({ ...config, checks: "./own" }));
  await mkdir(join(made, "own"));
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(made, file)), { recursive: true });
    await writeFile(join(made, file), text);
  }
  return made;
}

const env = () => ({ AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "example" });
const run = (...args: string[]) => seaworthy(args, { directory: folder, env: env() });
const gate = (...args: string[]) => run("gate", "--wait", "0", "--quiet", "--reporter", "json", ...args);
const reportOf = ({ stdout }: Ended) => JSON.parse(stdout) as Report;
const findings = (report: Report, id: string) => report.checks.find((check) => check.id === id)?.findings ?? [];

/** A check in as few words as it takes. */
const check = (evaluate: string, more = "", imports = "") => `
  import { defineCheck, fail, pass, skip } from "seaworthy";
  import { services } from "seaworthy/facts/services";
  ${imports}
  export default defineCheck({
    title: "t", why: "w", severity: "blocker", about: services, none: skip("none"), ${more}
    evaluate(service, facts, context) { ${evaluate} },
  });`;
const passing = check('return pass("is well", { running: service.running })');

describe("the checks of the example", () => {
  beforeAll(async () => {
    await place({});
    await cp(examples, join(folder, "own"), { recursive: true });
  });

  test("are part of the countdown, and their facts of the snapshot", async () => {
    const ended = await gate("--only", "597,367", "--save-snapshot", "s.json");
    const report = reportOf(ended);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(findings(report, "shells-closed")).toMatchObject([
      {
        subject: `service:${backend}`,
        status: "fail",
        fix: { run: [expect.stringContaining(`--cluster ohmycoins-prod-cluster --region`)] },
      },
      {
        subject: "service:ohmycoins-prod-frontend",
        status: "pass",
        evidence: { admitted: false, calls: expect.arrayContaining(["ecs:DescribeServices"]) },
      },
    ]);
    expect(findings(report, "images-of-our-own").map(({ status }) => status)).toEqual(["pass", "pass"]);
    expect(report.usage.calls["ecs:DescribeServices"]).toMatchObject({ count: 4 });

    const again = await gate("--only", "597,367", "--snapshot", "s.json");
    expect(reportOf(again).checks).toEqual(report.checks);
    const elsewhere = await seaworthy(["gate", "--snapshot", join(folder, "s.json")], { directory: home });
    expect(elsewhere).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("--config FILE") });
  });

  test("are listed and explained, and their calls are in the policy", async () => {
    expect((await run("list")).stdout).toMatch(/^597 shells-closed +– W B {2}Nobody can open a shell in a running task$/m);
    expect((await run("explain", "shells-closed")).stdout).toContain("shells ecs:DescribeServices");
    expect((await run("policy", "--only", "597")).stdout).toContain("ecs:DescribeServices");
  });

  test("can be weighed otherwise and waived like any other, by ids that are looked at", async () => {
    const waiver = { check: "shells-closed", subject: `service:${backend}`, reason: "r", owner: "o", expires: "2099-01-01" };
    const config = { ...ohmycoinsConfig(), checks: "./own", severity: { "shells-closed": "blocker" } };
    await writeFile(join(folder, "weighed.json"), JSON.stringify(config));
    await writeFile(join(folder, "waived.json"), JSON.stringify({ ...config, waivers: [waiver] }));
    await writeFile(join(folder, "misspelt.json"), JSON.stringify({ ...config, waivers: [{ ...waiver, check: "shell-closed" }] }));
    expect(reportOf(await gate("--only", "597", "--config", "weighed.json"))).toMatchObject({ verdict: "NO-GO" });
    expect(reportOf(await gate("--only", "597", "--config", "waived.json"))).toMatchObject({ verdict: "GO", counts: { waived: 1 } });
    expect(await gate("--config", "misspelt.json")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean "shells-closed"'),
    });
  });
});

test("the document shows the example as it is", async () => {
  const written = stepsOf(papers.find(({ file }) => file === "docs/writing-a-check.md") as Paper).flatMap((step) =>
    "writes" in step ? [step] : [],
  );
  for (const file of ["facts/shells.ts", "597-shells-closed.ts"]) {
    const shown = written.find(({ writes }) => writes === `seaworthy-checks/${file}`);
    expect(shown?.text).toBe(`// seaworthy-checks/${file}\n${await readFile(join(examples, file), "utf8")}`);
  }
});

test("the facts that the document names can be imported", async () => {
  const { text = "" } = papers.find(({ file }) => file === "docs/own-checks.md") ?? {};
  const [, names = ""] = /most checks can do with: ([^:]*?)\. `seaworthy explain/s.exec(text) ?? [];
  const modules = [...names.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name);
  expect(modules.length).toBeGreaterThan(10);
  for (const name of modules) {
    const exported = Object.values((await import(join(root, `src/facts/${name}.ts`))) as object);
    expect(
      exported.some((value) => typeof value === "object" && value !== null && "calls" in value),
      name,
    ).toBe(true);
  }
});

test("a check may be .ts, .mts, .js or .mjs, beside a package.json that says nothing of modules", async () => {
  const files = ["ts", "mts", "js", "mjs"].map((extension, n) => [`own/5${n}7-${extension}-check.${extension}`, passing]);
  await place({ ...Object.fromEntries(files), "package.json": "{}", "own/517-ts.test.ts": "throw new Error()" });
  const ended = await gate("--only", "507,517,527,537");
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  expect(reportOf(ended).checks.filter(({ title }) => title === "t")).toMatchObject([
    { order: 507 },
    { order: 517 },
    { order: 527 },
    { order: 537 },
  ]);
});

test("one that throws, promises or says nothing leaves its question open, and the run goes on", async () => {
  await place({
    "own/517-throws.ts": check('throw new TypeError("no port is stated")'),
    "own/518-promises.ts": check('return Promise.resolve(pass("is well", { a: 1 })) as never'),
    "own/519-is-silent.ts": check("return [] as never"),
    "own/527-passes.ts": passing,
  });
  const ended = await gate("--only", "517,518,519,527");
  const report = reportOf(ended);
  expect(ended.code).toBe(5);
  expect(["throws", "promises", "is-silent"].map((id) => findings(report, id)[0]?.because)).toMatchObject([
    { kind: "internal", why: "the check crashed: TypeError: no port is stated" },
    { kind: "internal", why: "it said something that is no finding" },
    { kind: "internal", why: "it said nothing" },
  ]);
  expect(findings(report, "passes").map(({ status }) => status)).toEqual(["pass", "pass"]);
});

const fact = (id: string, calls: string) => `
  import { defineFact, known } from "seaworthy";
  export const own = defineFact("${id}", {
    kind: "thing", calls: ${calls}, subjects: () => ["x"], ask: async () => null, read: () => known(true),
  } as never);`;
const about = 'about: own, none: skip("none"),';

/** Folders in which something is wrong, and what must be said of it. */
const mistaken: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
  [
    "has the number of a built-in one",
    { "own/220-new.ts": passing },
    ["own/220-new.ts has the number of the built-in 220-secret-current-version"],
  ],
  [
    "has the id of a built-in one",
    { "own/217-secret-exists.ts": passing },
    ["own/217-secret-exists.ts has the id of the built-in 210-secret-exists"],
  ],
  ["has the number of another", { "own/217-a.ts": passing, "own/217-b.ts": passing }, ["own/217-b.ts has the number of own/217-a.ts"]],
  ["has the id of another", { "own/217-a.ts": passing, "own/218-a.mjs": passing }, ["own/218-a.mjs has the id of own/217-a.ts"]],
  ["is not called like one", { "own/27-a.ts": passing, "own/shared.ts": "" }, ["own/27-a.ts is no check", "own/shared.ts is no check"]],
  [
    "has a mistake in its grammar",
    { "own/217-a.ts": "export default {\n  title: ,\n}" },
    ["own/217-a.ts cannot be loaded: SyntaxError", "217-a.ts:2)"],
  ],
  ["imports what is not there", { "own/217-a.ts": 'import "./nowhere.ts";' }, ["own/217-a.ts cannot be loaded: Error: Cannot find module"]],
  ["throws while it is loaded", { "own/217-a.ts": "\nnull.x;" }, ["own/217-a.ts cannot be loaded: TypeError", "(217-a.ts:2)"]],
  ["uses more of TypeScript than types", { "own/217-a.ts": "enum A { B }" }, ["own/217-a.ts cannot be loaded: SyntaxError", "enum"]],
  [
    "asks for what the library has not",
    { "own/217-a.ts": 'import { passes } from "seaworthy";' },
    ["does not provide an export named 'passes'"],
  ],
  [
    "exports no check",
    { "own/217-a.ts": "export const a = 1;", "own/218-b.ts": "export default { title: 't' }" },
    ["own/217-a.ts exports no check", "own/218-b.ts exports no check"],
  ],
  [
    "weighs what there is not",
    { "own/217-a.ts": check("", 'severity: "bloker" as never,') },
    ["own/217-a.ts weighs neither blocker, warning nor advice"],
  ],
  [
    "weighs something nowhere",
    { "own/217-a.ts": check("", 'severity: { "post-deployment": "blocker" } as never,') },
    ["in a scene that there is none of"],
  ],
  [
    "is about no fact",
    { "own/217-a.ts": check("", "about: {} as never,") },
    ["own/217-a.ts is about something, or needs something, that is no fact"],
  ],
  [
    "would pass where there is nothing",
    { "own/217-a.ts": check("", 'none: pass("is well", {}) as never,') },
    ["own/217-a.ts does not say what it means that there are none"],
  ],
  [
    "stands a fact of its own in for a built-in one",
    { "own/facts/own.ts": fact("services", "[]"), "own/217-a.ts": check("", about, 'import { own } from "./facts/own.ts";') },
    ['there are two facts called "services"'],
  ],
  [
    "would write",
    { "own/facts/own.ts": fact("own", '["s3:PutObject"]'), "own/217-a.ts": check("", about, 'import { own } from "./facts/own.ts";') },
    ['the fact "own" calls s3:PutObject, which is not among'],
  ],
  [
    "would read a secret",
    {
      "own/facts/own.ts": fact("own", '["secretsmanager:GetSecretValue"]'),
      "own/217-a.ts": check("", about, 'import { own } from "./facts/own.ts";'),
    },
    ["calls secretsmanager:GetSecretValue, which is not among"],
  ],
];

describe("what is wrong with a folder is told, each by its file", () => {
  let told: readonly (readonly string[])[] = [];

  // In a process of its own, since it is Node that loads checks; in one for all, since that takes its time.
  beforeAll(async () => {
    const folders = await Promise.all(mistaken.map(async ([, files]) => join(await place(files), "own")));
    const script = `
      import { loadChecks } from "${root}/src/discover.ts";
      import { loadOwnChecks } from "${root}/src/own-checks.ts";
      const builtIn = await loadChecks();
      const told = ${JSON.stringify(folders)}.map((folder) => loadOwnChecks(folder, builtIn).then(() => [], ({ name, message }) => [name, message]));
      console.log(JSON.stringify(await Promise.all(told)));`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script]);
    told = JSON.parse(stdout);
  });

  test.each(mistaken.map(([what, , says], n) => [what, says, n] as const))("a check that %s", (_, says, n) => {
    const [name, message] = told[n] ?? [];
    expect(name).toBe("Mistake");
    for (const words of says) expect(message).toContain(words);
    expect(message).not.toContain("    at ");
  });
});

test("a mistake in the folder ends a run before anything is asked", async () => {
  await place({ "own/220-new.ts": passing });
  expect(await gate()).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("own/220-new.ts has the number of") });
});

test("a folder that is not there is a mistake with its place", async () => {
  await place({});
  await writeFile(join(folder, "c.yaml"), "deployment: a\ncluster: b\nservices: {}\nchecks: ./nowhere\n");
  expect(await gate("--config", "c.yaml")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("c.yaml:4:9: there is no folder ./nowhere"),
  });
});

test("no built-in check has a number that is kept for own ones", async () => {
  expect((await loadChecks()).filter(({ order }) => order % 10 > 6).map(({ id }) => id)).toEqual([]);
});
