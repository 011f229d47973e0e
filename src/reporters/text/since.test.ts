import { expect, test } from "vitest";
import { story } from "../../../test/cli/reports.ts";
import type { Report } from "../../report.ts";
import console from "../console.ts";
import markdown from "../markdown.ts";
import { sinceLines } from "./since.ts";

const nothing = { new: [], fixed: [], stillFailing: ["alarm-notifies/alarm:cpu"], flipped: [], noLongerAsked: [] };
const since = (rest: Partial<NonNullable<Report["since"]>>): Report => ({
  ...story(),
  since: { at: "2026-11-18T09:30:12.000Z", verdict: "GO", commit: "3f4021a9c", ...nothing, ...rest },
});
const [secret, steady] = ["secret-current-version/secret:backend-secret", "service-steady/service:backend"];

test("what is new stands there by name, what it explains by number", () => {
  expect(sinceLines(since({ new: [secret, steady], fixed: ["secret-exists/secret:app"] }))).toEqual([
    "Since the last GO (2026-11-18 09:30Z, 3f4021a): 2 new, 1 fixed, 1 still failing.",
    "New: secret-current-version of secret:backend-secret, and 1 that other failures explain.",
  ]);
});

test("a sign-off without a GO says what it is compared with", () => {
  expect(sinceLines(since({ verdict: "NO-GO", commit: null, fixed: [secret] }))).toEqual([
    "Since the last sign-off, a NO-GO (2026-11-18 09:30Z): 1 fixed, 1 still failing.",
  ]);
});

test("of very many, only the checks are named", () => {
  const tasks = Array.from({ length: 30 }, (_, n) => `tasks-fresh/task:${n}`);
  expect(sinceLines(since({ new: tasks }))[1]).toBe("New: tasks-fresh.");
});

test("nothing is said where nothing changed, or no earlier run is known", () => {
  expect(sinceLines(since({}))).toEqual([]);
  expect(sinceLines(story())).toEqual([]);
});

test("the console and the page say it beside the verdict, and what is hostile in a name is only shown", async () => {
  const report = since({ new: ["secret-exists/secret:<b>|\u001b[2J"] });
  expect(await console(report, { width: 100, colour: false, verbose: false })).toMatch(
    /\nSince the last GO \(.*\): 1 new, 1 still failing\.\nNew: secret-exists of secret:<b>\|\\e\[2J\.\n/,
  );
  const page = await markdown(report);
  expect(page.indexOf("Since the last GO")).toBeLessThan(page.indexOf("## Root causes"));
  expect(page).toContain("New: secret-exists of secret:&lt;b&gt;\\|\\\\e\\[2J.");
});
