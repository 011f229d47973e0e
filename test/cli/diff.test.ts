import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changesBetween } from "../../src/changes.ts";
import { diffText } from "../../src/cli/diff-text.ts";
import { openHistory } from "../../src/history.ts";
import type { Report } from "../../src/report.ts";
import { check, finding, reportOf, story } from "./reports.ts";
import { seaworthy } from "./seaworthy.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "seaworthy-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** The story's deployment, once all was well with its secret; somebody may not read who is subscribed in either. */
function well(): Report {
  const { checks, counts: _, coverage: __, ...rest } = story();
  const healthy = checks.map((one) => ({
    ...one,
    findings: one.findings.map((finding) =>
      finding.status === "fail" && one.severity === "blocker"
        ? { ...finding, status: "pass" as const, says: "is as it should be", fix: null, cause: null, explainedBy: null }
        : finding.status === "pending"
          ? { ...finding, status: "pass" as const, says: "has two healthy targets" }
          : finding,
    ),
  }));
  return reportOf(healthy, { ...rest, verdict: "GO", exitCode: 0, rootCauses: [], startedAt: "2026-11-19T10:00:00.000Z" });
}

async function written(name: string, report: unknown): Promise<string> {
  await writeFile(join(folder, name), typeof report === "string" ? report : JSON.stringify(report));
  return name;
}
const diff = (...args: readonly string[]) => seaworthy(["diff", ...args], { directory: folder });

describe("two files", () => {
  test("what is new comes first, with what it explains, and then the rest", async () => {
    const { code, stdout, stderr } = await diff(await written("a.json", well()), await written("b.json", story()));
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("before  a.json: shop, post-deploy, GO, 2026-11-19 10:00Z\nafter   b.json: shop, post-deploy, NO-GO");
    expect(stdout).toContain(
      "NEW (2)\n✖ secret:backend-secret has no AWSCURRENT version: it was created without a value\n  (secret-current-version; passed)\n  explains 1: service-steady of service:backend\n",
    );
    expect(stdout).toContain(
      "STILL FAILING (2)\n✖ alarm:cpu has no ALARM action (alarm-notifies)\n✖ alarm:evictions has no ALARM action (alarm-notifies; waived)",
    );
    expect(stdout).toContain("FLIPPED BETWEEN KNOWN AND NOT KNOWN (1)\n… target-group:backend-tg has targets that are still initial");
  });

  test("the other way round, what was new is fixed", async () => {
    const { stdout, stderr } = await diff(await written("b.json", story()), await written("a.json", well()));
    expect(stderr).toBe("warning: b.json is younger than a.json: what is new here is older\n");
    expect(stdout).toContain(
      "FIXED (2)\n✔ secret:backend-secret is as it should be (secret-current-version)\n  before: it has no AWSCURRENT version",
    );
    expect(stdout).not.toContain("NEW");
  });

  test("the same file twice differs in nothing but what still fails", async () => {
    const same = await written("a.json", well());
    const document = JSON.parse((await diff(same, same, "--reporter", "json")).stdout);
    expect(document).toMatchObject({ schema: "seaworthy.diff/1", new: [], fixed: [], flipped: [], noLongerAsked: [] });
    expect(document.stillFailing.map(({ id }: { id: string }) => id)).toEqual([
      "alarm-notifies/alarm:cpu",
      "alarm-notifies/alarm:evictions",
    ]);
    expect((await diff(await written("none.json", reportOf([], { verdict: "HOLD" })), "none.json")).stdout).toContain(
      "No finding differs.",
    );
  });

  test("another scene is compared, and said", async () => {
    const { code, stderr } = await diff(await written("a.json", well()), await written("c.json", { ...story(), scene: "sign-off" }));
    expect(code).toBe(0);
    expect(stderr).toBe("warning: a.json is of a post-deploy, and c.json of a sign-off: they ask and weigh differently\n");
  });

  test.for<[string, unknown, string]>([
    ["cut short", JSON.stringify(story()).slice(0, 500), "bad.json was cut short, or is no JSON"],
    ["edited", { ...story(), verdict: "GO" }, "bad.json was edited: its verdict is GO, and its findings come to NO-GO"],
    ["of another version", { ...story(), schema: "seaworthy.report/2" }, "bad.json is of another version: seaworthy.report/2"],
    ["no report", { schema: "seaworthy.snapshot/1" }, "bad.json is no report of seaworthy"],
    [
      "of another deployment",
      { ...story(), deployment: { ...story().deployment, cluster: "till-cluster" } },
      "These are different deployments: a.json is of cluster shop-cluster, and bad.json of till-cluster",
    ],
  ])("one that is %s ends with 2, and says which", async ([, content, says]) => {
    const { code, stdout, stderr } = await diff(await written("a.json", well()), await written("bad.json", content));
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(says);
  });

  test("a file that is not there ends with 2", async () => {
    expect(await diff("a.json", "nowhere.json")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("nowhere.json cannot be read: ENOENT"),
    });
  });

  test("a name that would move the cursor is shown and not obeyed, and no line is longer than the terminal", () => {
    const hostile = "alarm:\u001b[2J|<b>\n]]>";
    const report = reportOf([check(850, "alarm-notifies", [finding("alarm-notifies", hostile, { status: "fail", says: "is loud" })])]);
    const side = { called: "a.json", report };
    const nothing = { called: "b.json", report: reportOf([], { verdict: "HOLD" }) };
    const text = diffText(nothing, side, changesBetween(nothing.report, report), { width: 60, colour: false });
    expect(text).toContain("✖ alarm:\\e[2J|<b>\\n]]> is loud");
    expect(text.split("\n").filter((line) => line.length > 60)).toEqual([]);
  });
});

describe("runs of the history", () => {
  const config = "deployment: shop\ncluster: shop-cluster\nservices: {}\nhistory: runs.db\n";

  beforeAll(async () => {
    await written("seaworthy.config.yaml", config);
    const history = openHistory(join(folder, "runs.db"));
    history.keep(well());
    history.keep(story());
    history.keep({ ...story(), scene: "pre-scale-up" });
    history.close();
  });

  test.for([
    [["1", "2"], "run 1", "run 2"],
    [["last-go", "2"], "run 1", "run 2"],
    [["a.json", "last"], "a.json", "run 2"],
    [["last", "3"], "run 3", "run 3"],
  ] as const)("%j", async ([words, before, after]) => {
    await written("a.json", well());
    const { code, stdout } = await diff(...words, "--reporter", "json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ before: { called: before }, after: { called: after } });
  });

  test("what there is none of ends with 2", async () => {
    expect(await diff("last-go", "3")).toMatchObject({ code: 2, stderr: expect.stringContaining("There is no GO of a pre-scale-up in ") });
    expect(await diff("1", "77")).toMatchObject({ code: 2, stderr: expect.stringContaining("There is no run 77 in ") });
    expect(await diff("1", "2", "--reporter", "junit")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('cannot be told as "junit"'),
    });
  });
});
