import { existsSync } from "node:fs";
import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { byRegressions } from "../../src/cli/fail-on.ts";
import { historyFile } from "../../src/cli/history-file.ts";
import { historyTable } from "../../src/cli/history-table.ts";
import { type Memory, memoryIn } from "../../src/cli/memory.ts";
import { toldRuns } from "../../src/cli/told-runs.ts";
import { openHistory } from "../../src/history.ts";
import { type Report, reportSchema } from "../../src/report.ts";
import { type Folder, folderOn } from "./folder.ts";
import { check, finding, reportOf } from "./reports.ts";

const broken = "secret-without-value";
const secret = "secret-current-version/secret:ohmycoins-prod-app-secrets";
const report = async (folder: Folder, name: string) => reportSchema.parse(JSON.parse(await readFile(folder.path(name), "utf8")));
/** What is said besides what the keeper of the waivers should know. */
const said = (stderr: string) => stderr.split("\n").filter((line) => line !== "" && !line.startsWith("warning: the waiver"));

describe("runs in a row, in the folder of their configuration", { timeout: 60_000 }, () => {
  let folder: Folder;
  beforeAll(async () => {
    folder = await folderOn(["healthy", broken]);
  });
  afterAll(() => folder.close());

  test("before the first run there is one friendly line", async () => {
    expect(await folder.run("history")).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("No run has been kept in") });
    expect(existsSync(folder.path(".seaworthy"))).toBe(false);
    expect(JSON.parse((await folder.run("history", "--reporter", "json")).stdout)).toMatchObject({ runs: [] });
  });

  test("the first run is compared with nothing, says nothing more than before, and is kept out of the repository", async () => {
    const { code, stderr } = await folder.on("healthy", ["gate", "--reporter", `json:${folder.path("1.json")}`]);
    expect([code, said(stderr)]).toEqual([0, []]);
    expect((await report(folder, "1.json")).since).toBeNull();
    expect(await readFile(folder.path(".seaworthy/.gitignore"), "utf8")).toBe("*\n");
  });

  test("a regression is told against the last GO, and fails where only those count", async () => {
    const args = ["gate", "--fail-on", "new", "--reporter", "console", "--reporter", `json:${folder.path("2.json")}`];
    const { code, stdout, stderr } = await folder.on(broken, args);
    expect(code).toBe(3);
    expect(said(stderr)).toEqual([
      expect.stringMatching(/^seaworthy: --fail-on new, compared with run 1 \(GO, .*\): \d new: .*; exit code 3$/),
    ]);
    expect(stdout).toMatch(/^Since the last GO \(.*\): 6 new/m);
    const { since } = await report(folder, "2.json");
    expect(since).toMatchObject({ verdict: "GO", new: expect.arrayContaining([secret]), fixed: [], flipped: [], noLongerAsked: [] });
  });

  test("a second try does not let it through", async () => {
    const { code, stderr } = await folder.on(broken, ["gate", "--fail-on", "new"]);
    expect([code, stderr]).toEqual([3, expect.stringContaining("--fail-on new, compared with run 1 (GO, ")]);
  });

  test("once a run that asks for everything has told of it, it is known, and the report stays honest", async () => {
    expect((await folder.on(broken, ["gate"])).code).toBe(3);
    const { code, stdout, stderr } = await folder.on(broken, ["gate", "--fail-on", "new", "--reporter", "json"]);
    expect(code).toBe(0);
    expect(said(stderr)).toEqual([
      expect.stringMatching(/compared with run 4 \(NO-GO, .*\): nothing new; 5 blockers are as before; exit code 0$/),
    ]);
    expect(reportSchema.parse(JSON.parse(stdout))).toMatchObject({
      verdict: "NO-GO",
      exitCode: 3,
      since: { new: expect.arrayContaining([secret]) },
    });
  });

  test("under --strict what is let through is still a warning", async () => {
    expect((await folder.on(broken, ["gate", "--fail-on", "new", "--strict"])).code).toBe(4);
  });

  test("another scene has a memory of its own", async () => {
    const { code, stderr } = await folder.on(broken, ["checklist", "--fail-on", "new", "--reporter", `json:${folder.path("7.json")}`]);
    expect(code).toBe(3);
    expect(stderr).toContain("compared with nothing, as no earlier run was found");
    expect((await report(folder, "7.json")).since).toBeNull();
    expect((await folder.on(broken, ["checklist", "--fail-on", "new"])).stderr).toContain("compared with run 7 (NO-GO");
  });

  test("the history tells them all, with their trend, and as JSON", async () => {
    const { code, stdout } = await folder.run("history");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ohmycoins-prod · account 220711411889 · ap-southeast-2 · cluster ohmycoins-prod-cluster\n/);
    expect(stdout).toMatch(/^ +2 {2}\S+ \S+ {2}post-deploy +NO-GO +7 +0 {2}\+6 −0/m);
    expect(stdout).toMatch(/^post-deploy: NO-GO since .* \(5 runs\); 1 of the last 6 were GO\.$/m);
    const { runs, schema } = JSON.parse((await folder.run("history", "--reporter", "json", "--limit", "3")).stdout);
    expect(schema).toBe("seaworthy.history/1");
    expect(runs).toMatchObject([
      { id: 8, scene: "pre-scale-up", changes: { new: 0, fixed: 0 } },
      { id: 7, scene: "pre-scale-up", changes: null },
      { id: 6, scene: "post-deploy", verdict: "NO-GO", failing: 7, open: 0, changes: { new: 0, fixed: 0 } },
    ]);
  });

  test("it is told of one cluster alone, and of every deployment where no configuration says which is meant", async () => {
    expect((await folder.run("history", "--cluster", "another")).stdout).toContain("No run has been kept");
    await rename(folder.path("seaworthy.config.yaml"), folder.path("kept.yaml"));
    expect((await folder.run("history")).stdout).toMatch(/^ohmycoins-prod · account/);
    await rename(folder.path("kept.yaml"), folder.path("seaworthy.config.yaml"));
  });

  test("an earlier run's report is told again", async () => {
    const [json, console] = await Promise.all([folder.run("history", "2", "--reporter", "json"), folder.run("history", "last-go")]);
    expect(JSON.parse(json.stdout)).toEqual(await report(folder, "2.json"));
    expect(console.stdout).toContain("━━━ GO ━");
    expect(await folder.run("history", "99")).toMatchObject({ code: 2, stderr: expect.stringContaining("There is no run 99 in ") });
    expect(await folder.run("history", "2", "--reporter", "html")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("all readings"),
    });
  });

  test.for([
    [["history", "--limit", "none"], "--limit none is no number of runs"],
    [["history", "--reporter", "jsn"], "Did you mean json?"],
  ] as const)("%j ends with 2", async ([args, says]) => {
    expect(await folder.run(...args)).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(says) });
  });

  test("a snapshot that is judged again is not kept, and cannot be held against the run before", async () => {
    const snapshot = folder.path("snapshot.json");
    await folder.on(broken, ["gate", "--save-snapshot", snapshot]);
    const before = (await folder.run("history", "--reporter", "json")).stdout;
    expect((await folder.run("gate", "--snapshot", snapshot, "--quiet")).code).toBe(3);
    expect((await folder.run("history", "--reporter", "json")).stdout).toBe(before);
    const refused = await folder.run("gate", "--snapshot", snapshot, "--fail-on", "new");
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("a snapshot is neither") });
  });
});

test("two runs at once are both kept, the very first ones too", { timeout: 120_000 }, async () => {
  const folder = await folderOn(["healthy"]);
  for (let round = 1; round <= 3; round += 1) {
    const ended = await Promise.all([1, 2].map(() => folder.on("healthy", ["gate", "--only", "110"])));
    expect(ended.map(({ code, stderr }) => [code, said(stderr)])).toEqual([
      [0, []],
      [0, []],
    ]);
  }
  const { runs } = JSON.parse((await folder.run("history", "--reporter", "json")).stdout);
  expect(runs.map(({ id }: { id: number }) => id)).toEqual([6, 5, 4, 3, 2, 1]);
  await folder.close();
});

test.for([
  ["a file that is no database", "diary.txt", "cannot be used as a history: file is not a database"],
  ["a place where nothing can be written", "/proc/nowhere/history.db", "this run is not kept: ENOENT"],
] as const)("%s is said in one line, and the verdict stays", async ([, path, says]) => {
  const folder = await folderOn(["healthy"], (yaml) => `${yaml}\nhistory: ${path}\n`);
  const diary = "Dear diary\n".repeat(100);
  await writeFile(folder.path("diary.txt"), diary);
  const { code, stdout, stderr } = await folder.on("healthy", ["gate", "--only", "110"]);
  expect([code, said(stderr)]).toEqual([0, [expect.stringContaining(says)]]);
  expect(stdout).toContain("━━━ GO ━");
  expect(await readFile(folder.path("diary.txt"), "utf8")).toBe(diary);
  await folder.close();
});

test("history: false keeps none, and the command says why it has none to show", async () => {
  const folder = await folderOn(["healthy"], (yaml) => `${yaml}\nhistory: false\n`);
  expect((await folder.on("healthy", ["gate", "--only", "110"])).code).toBe(0);
  expect(existsSync(folder.path(".seaworthy"))).toBe(false);
  expect(await folder.run("history")).toMatchObject({ code: 2, stderr: expect.stringContaining("The configuration keeps no history") });
  await folder.close();
});

test("the history is beside the configuration, wherever that says, or in the working directory", () => {
  expect(historyFile({}, "/etc/shop/seaworthy.config.yaml", "/home/me")).toBe("/etc/shop/.seaworthy/history.db");
  expect(historyFile({}, undefined, "/home/me")).toBe("/home/me/.seaworthy/history.db");
  expect(historyFile({ history: "../runs.db" }, "/etc/shop/seaworthy.config.yaml", "/home/me")).toBe("/etc/runs.db");
  expect(historyFile({ history: false }, undefined, "/home/me")).toBeUndefined();
});

test("where nothing passed, what is let through is no green, and the line says why", () => {
  const wrong = reportOf([check(110, "account-expected", [finding("account-expected", "caller:caller", { status: "fail" })])]);
  const run = {
    id: 7,
    verdict: "NO-GO" as const,
    startedAt: "2026-11-20T10:00:00.000Z",
    commit: "3f4021a9c",
    interrupted: false,
    regressed: false,
    notAsked: [],
  };
  const place = { deployment: "shop", account: null, region: null, cluster: "c", scene: "post-deploy" as const };
  expect(byRegressions(wrong, { run: { ...run, ...place }, report: wrong }, false)).toEqual({
    exitCode: 5,
    regressed: false,
    says: "seaworthy: --fail-on new, compared with run 7 (NO-GO, 2026-11-20 10:00Z, 3f4021a): nothing new; 1 blocker is as before; but nothing passed that a GO could rest on; exit code 5",
  });
});

describe("which run another one is compared with", () => {
  let memory: Memory;
  let folder = "";
  const ask = (status: "pass" | "fail", rest: Partial<Report> = {}) => {
    const verdict = status === "pass" ? ("GO" as const) : ("NO-GO" as const);
    const rows = [check(520, "service-steady", [finding("service-steady", "service:a", { status })])];
    return reportOf(rows, { verdict, exitCode: verdict === "GO" ? 0 : 3, ...rest });
  };
  const at = (minute: number) => ({ startedAt: `2026-11-20T10:0${minute}:00.000Z` });
  const since = async (rest: Partial<Report> = {}) => (await memory.since(ask("fail", rest)))?.at.slice(14, 16);
  const runBefore = async (rest: Partial<Report> = {}) => (await memory.before(ask("fail", rest)))?.run.startedAt.slice(14, 16);
  const place = { name: "shop", account: "220711411889", region: "ap-southeast-2", cluster: "shop-cluster" };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "seaworthy-"));
    const history = openHistory(join(folder, "history.db"));
    history.keep(ask("pass", at(1)));
    history.keep(ask("pass", { ...at(2), notAsked: ["secret-exists"] }));
    history.keep(ask("fail", at(3)));
    history.keep(ask("pass", { ...at(4), interrupted: true }));
    history.keep(ask("fail", at(4)), true);
    history.keep(ask("fail", { ...at(5), scene: "sign-off" }));
    history.keep(ask("pass", { ...at(6), deployment: { ...place, region: "eu-west-1" } }));
    history.keep(ask("pass", { ...at(7), deployment: { ...place, account: null } }));
    history.close();
    memory = await memoryIn(join(folder, "history.db"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test("the last GO, and rather one that asked all of it than one of a part", async () => {
    expect(await since()).toBe("01");
    expect(await since({ notAsked: ["secret-exists"] })).toBe("02");
  });

  test("the run before, whatever it came to, but none that was cut off, and none that failed by its regressions", async () => {
    expect(await runBefore()).toBe("03");
  });

  test("a sign-off without a GO is compared with the last sign-off", async () => {
    expect(await since({ scene: "sign-off" })).toBe("05");
    expect(await since({ scene: "pre-scale-up" })).toBeUndefined();
  });

  test("another region is another deployment, and an account that nobody knows is like no other", async () => {
    expect(await since({ deployment: { ...place, region: "eu-west-1" } })).toBe("06");
    expect(await since({ deployment: { ...place, account: null } })).toBeUndefined();
    expect(await runBefore({ deployment: { ...place, account: null } })).toBeUndefined();
  });

  test("told at 60 columns, no line is longer", () => {
    const history = openHistory(join(folder, "history.db"));
    const table = historyTable(toldRuns(history, {}, 20), { file: "history.db", width: 60, colour: false });
    history.close();
    expect(table.split("\n").filter((line) => line.length > 60)).toEqual([]);
    expect(table).toContain("run when, UTC   scene       verdict ✖ ? +");
    expect(table).toMatch(/^ {2}4 11-20 10:04 post-deploy GO\* +0 0$/m);
    expect(table).toContain("eu-west-1");
  });
});
