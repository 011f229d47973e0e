import { expect, test } from "vitest";
import { check, finding, reportOf, story } from "../../test/cli/reports.ts";
import type { Report } from "../report.ts";
import render from "./console.ts";

const show = async (report: Report, { width = 100, verbose = false } = {}) => render(report, { width, colour: false, verbose });

test("the verdict comes first, and whose it is", async () => {
  const [banner, sentence, place] = (await show(story())).split("\n");
  expect(banner).toMatch(/^━━━ NO-GO ━+$/);
  expect(sentence).toBe("shop is not fit to carry traffic.");
  expect(place).toBe("post-deploy · account 220711411889 · ap-southeast-2 · cluster shop-cluster");
});

test("then the root cause, what it explains, and the command on a line of its own", async () => {
  const text = await show(story());
  const [cause = 0, failing, countdown] = ["1 ROOT CAUSE", "FAILING AS WELL", "COUNTDOWN"].map((title) => text.indexOf(title));
  expect(cause).toBeGreaterThan(0);
  expect([cause, failing, countdown]).toEqual([cause, failing, countdown].toSorted((a = 0, b = 0) => a - b));
  expect(text).toContain("explains 1: service-steady of service:backend");
  expect(text.split("\n").map((line) => line.trim())).toContain(story().rootCauses[0]?.fix?.run[0]);
});

test.for([40, 60, 120])("at %i columns nothing but a command is wider", async (width) => {
  const commands = /^ {4}aws /;
  const wide = (await show(story(), { width })).split("\n").filter((line) => line.length > width && !commands.test(line));
  expect(wide).toEqual([]);
});

test("a station names what fails, is not known or is pending, and counts the rest", async () => {
  const text = await show(story());
  expect(text).toMatch(/2xx secrets +– 1 {2}✖ secret-current-version/);
  expect(text).toMatch(/6xx load balancer +… targets-healthy/);
  expect(text).toMatch(/8xx alarms +✖ alarm-notifies {2}\? topic-reaches-somebody/);
});

test("counts, coverage, what was not asked and the effort close it", async () => {
  const text = await show(story());
  expect(text).toContain("1 passed, 3 failed, 1 pending, 1 unknown, 1 skipped, 1 waived.");
  expect(text.replaceAll("\n", " ")).toContain("3 of 5 blocking questions answered, 1 does not apply, 1 open.");
  expect(text).toContain("Not asked: alarm-quiet.");
  expect(text).toContain("2.3 s, 2 AWS calls, exit code 3.");
});

test("evidence is shown when it is asked for", async () => {
  expect(await show(story())).not.toContain("askedAt");
  const verbose = await show(story(), { verbose: true });
  expect(verbose).toContain('askedAt "2026-11-20T10:00:01.000Z"');
  expect(verbose).toContain("caller:caller is as it should be");
});

test("a failing warning of a GO is told with its fix", async () => {
  const silent = finding("alarm-notifies", "alarm:cpu", { status: "fail", says: "has no action", fix: { do: "Give it one.", run: [] } });
  const checks = [
    check(110, "account-expected", [finding("account-expected", "caller:caller")]),
    check(850, "alarm-notifies", [silent], { severity: "warning" }),
  ];
  const cause = {
    finding: silent.id,
    cause: null,
    says: "alarm:cpu has no action",
    alike: [],
    explains: [],
    chain: [],
    recheck: [],
    afterwards: [],
    fix: silent.fix,
  };
  const text = await show(reportOf(checks, { verdict: "GO", exitCode: 0, rootCauses: [cause] }));
  expect(text).toContain("shop is fit to carry traffic.");
  expect(text).toContain("1 WARNING\n✖ alarm:cpu has no action (alarm-notifies)\n  seen: seen 1\n  → Give it one.");
});

test("a HOLD says whether waiting may help", async () => {
  const still = finding("service-steady", "service:web", { status: "pending", says: "is being deployed" });
  const moving = reportOf([check(520, "service-steady", [still])], { verdict: "HOLD", exitCode: 5 });
  expect(await show(moving)).toContain("shop is still moving: waiting may settle it.");
  const because = { kind: "denied" as const, action: "ecs:DescribeServices", why: "not authorized" };
  const refused = finding("service-steady", "service:web", { status: "unknown", says: "cannot be judged", because });
  const blind = reportOf([check(520, "service-steady", [refused])], { verdict: "HOLD", exitCode: 5 });
  expect(await show(blind)).toContain("shop cannot be judged: 1 blocking question has no answer.");
  expect(await show(blind)).toContain("? denied ecs:DescribeServices: not authorized\n  leaves open service-steady of service:web");
});

test("an interrupted run says so", async () => {
  expect(await show({ ...story(), interrupted: true, exitCode: 130 })).toContain(
    "shop was not judged to the end: the run was interrupted.",
  );
});

test.for([40, 60, 120])("the runbook ends it, numbered, with whole commands and readable at %i columns", async (width) => {
  const start = "aws rds start-db-instance --region ap-southeast-2 --db-instance-identifier shop-postgres";
  const runbook = [
    { do: "Start the database shop-postgres. If nobody does, AWS starts it by itself.", run: [start], takes: "1 min" },
    { do: "Ask the gate whether it may carry traffic.", run: ["seaworthy gate"], takes: "1-10 min" },
  ];
  const lines = (await show({ ...story(), runbook }, { width })).trimEnd().split("\n");
  const own = lines.slice(lines.indexOf("RUNBOOK"));
  expect(own[1]).toMatch(/^1\. Start the database/);
  expect(own).toContain(`    ${start}`);
  expect(own.at(-1)).toBe("    seaworthy gate");
  expect(own.filter((line) => line.length > width && !line.startsWith("    aws "))).toEqual([]);
  expect(own.join(" ").replaceAll(/\s+/g, " ")).toContain("2. Ask the gate whether it may carry traffic. (1-10 min)");
});
