import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { reportOf, story } from "../test/cli/reports.ts";
import { openHistory } from "./history.ts";

const folder = mkdtempSync(join(tmpdir(), "seaworthy-"));
afterAll(() => rmSync(folder, { recursive: true }));
const place = (name: string) => join(folder, name);

test("a run is found again, whole, by what it is of", () => {
  const history = openHistory(place("whole.db"));
  const origin = { by: null, commit: "3f4021a", url: null, configuration: null };
  const report = { ...story("straße"), origin };
  expect([history.keep(story()), history.keep(report), history.keep({ ...report, scene: "sign-off" })]).toEqual([1, 2, 3]);
  history.close();

  const again = openHistory(place("whole.db"));
  const deployment = { deployment: "shop", account: "220711411889", region: "ap-southeast-2", cluster: "shop-cluster" };
  expect(again.runs({ ...deployment, scene: "post-deploy" }, 1)).toEqual([
    {
      ...{ ...deployment, id: 2, scene: "post-deploy", verdict: "NO-GO", interrupted: false, regressed: false },
      ...{ startedAt: report.startedAt, commit: "3f4021a", notAsked: ["alarm-quiet"] },
    },
  ]);
  expect(again.runs().map(({ id }) => id)).toEqual([3, 2, 1]);
  expect(again.runs({ account: null })).toEqual([]);
  expect(JSON.parse(again.report(2) ?? "")).toEqual(report);
  expect(again.report(4)).toBeUndefined();
  again.close();
});

test("an account that is not known is kept, and looked for, as such", () => {
  const history = openHistory(place("nobody.db"));
  history.keep(reportOf([], { deployment: { name: "shop", account: null, region: null, cluster: "c" } }));
  expect(history.runs({ deployment: "shop", account: null, region: null })).toHaveLength(1);
  expect(history.runs({ account: "220711411889" })).toEqual([]);
  history.close();
});

test("many processes at once lose nothing, from the first run on", async () => {
  const file = place("busy.db");
  const script = place("keep.ts");
  const modules = { history: join(import.meta.dirname, "history.ts"), reports: join(import.meta.dirname, "../test/cli/reports.ts") };
  writeFileSync(
    script,
    `import { openHistory } from ${JSON.stringify(modules.history)};
     import { story } from ${JSON.stringify(modules.reports)};
     for (let n = 0; n < 25; n += 1) {
       for (const file of [${JSON.stringify(file)}, ${JSON.stringify(place("fresh"))} + n + ".db"]) {
         const history = openHistory(file);
         history.keep({ ...story(), startedAt: process.argv[2] + n });
         JSON.parse(history.report(history.runs({}, 1)[0].id));
         history.close();
       }
     }`,
  );
  const writers = ["a", "b"];
  const said = await Promise.all(writers.map((name) => node(script, name)));
  expect(said).toEqual(writers.map(() => ({ code: 0, stderr: "" })));

  const history = openHistory(file);
  const runs = history.runs();
  history.close();
  expect(new Set(runs.map(({ startedAt }) => startedAt)).size).toBe(50);
  expect(runs.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, n) => 50 - n));
  for (let n = 0; n < 25; n += 1) {
    const fresh = openHistory(place(`fresh${n}.db`));
    expect(
      fresh
        .runs()
        .map(({ startedAt }) => startedAt)
        .sort(),
    ).toEqual([`a${n}`, `b${n}`]);
    fresh.close();
  }
}, 60_000);

/** In a process of its own, in which a warning of Node's would show. */
function node(...args: readonly string[]): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, args, { env: { PATH: process.env["PATH"] } });
  let stderr = "";
  child.stderr.on("data", (data) => {
    stderr += data;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stderr })));
}

/** What the very Node of these tests is asked through, as any program would. */
function database(name: string, statements: string): string {
  const { DatabaseSync } = process.getBuiltinModule("node:sqlite");
  const made = new DatabaseSync(place(name));
  made.exec(statements);
  made.close();
  return place(name);
}

test("a file of a newer version is said to be one, and left as it is", () => {
  const file = place("newer.db");
  openHistory(file).close();
  database("newer.db", "PRAGMA user_version = 2; CREATE TABLE more (what TEXT);");
  const before = readFileSync(file);
  expect(() => openHistory(file)).toThrow(`${file} is a history of a newer seaworthy: its format is 2, and this one knows 1`);
  expect(readFileSync(file)).toEqual(before);
});

test("a database of something else is left as it is", () => {
  const file = database("else.db", "CREATE TABLE runs (mine TEXT);");
  const before = readFileSync(file);
  expect(() => openHistory(file)).toThrow(`${file} is a database of something else, and no history of seaworthy`);
  expect(readFileSync(file)).toEqual(before);
  const empty = database("reserved.db", "PRAGMA application_id = 7;");
  expect(() => openHistory(empty)).toThrow(`${empty} is a database of something else, and no history of seaworthy`);
});

test("a file that is no database is left as it is, and so is a folder", () => {
  const text = "This is the diary of the release captain.\n".repeat(50);
  writeFileSync(place("diary.db"), text);
  mkdirSync(place("folder.db"));
  expect(() => openHistory(place("diary.db"))).toThrow(/diary\.db cannot be used as a history: file is not a database/);
  expect(() => openHistory(place("folder.db"))).toThrow(/cannot be used as a history: unable to open database file/);
  expect(() => openHistory(place("nowhere/at/all.db"))).toThrow(/cannot be used as a history: unable to open database file/);
  expect(readFileSync(place("diary.db"), "utf8")).toBe(text);
});

test("an empty file becomes a history", () => {
  writeFileSync(place("empty.db"), "");
  const history = openHistory(place("empty.db"));
  expect(history.keep(story())).toBe(1);
  history.close();
});
