import { expect, test } from "vitest";
import { loadIncidents } from "../fixtures/incidents.ts";
import { play } from "../fixtures/play.ts";
import { reportOf, story } from "../test/cli/reports.ts";
import { Mistake } from "./mistake.ts";
import type { Report } from "./report.ts";
import { parseReport } from "./report-file.ts";

function complaint(text: string): string {
  try {
    parseReport(text, "a.json");
  } catch (error) {
    if (error instanceof Mistake) return error.message;
    throw error;
  }
  return "";
}
const edited = (change: (report: Report) => void) => {
  const report = structuredClone(story());
  change(report);
  return complaint(JSON.stringify(report));
};

test("a report is read back as it was written, and so is one that says more", () => {
  const report = story();
  expect(parseReport(JSON.stringify(report), "a.json").checks).toEqual(report.checks);
  expect(complaint(JSON.stringify({ ...report, weather: "fine" }))).toBe("");
  expect(complaint(JSON.stringify(reportOf([], { verdict: "HOLD" })))).toBe("");
});

test("what runs write is never taken for edited", async () => {
  const incidents = (await loadIncidents()).filter((_, n) => n % 12 === 0);
  for (const incident of incidents) expect(complaint(JSON.stringify((await play(incident)).report)), incident.name).toBe("");
}, 120_000);

test.each([
  ["cut short", JSON.stringify(story()).slice(0, -20), "a.json was cut short, or is no JSON"],
  ["empty", "", "a.json was cut short, or is no JSON"],
  ["something else", '{ "schema": "seaworthy.snapshot/1" }', "a.json is no report of seaworthy"],
  ["a list", "[]", "a.json is no report of seaworthy"],
  ["of another version", '{ "schema": "seaworthy.report/2" }', "a.json is of another version: seaworthy.report/2, where this one reads"],
])("what is %s is refused as such", (_, text, says) => {
  expect(complaint(text)).toContain(says);
});

test.each<[string, (report: Report) => void, string]>([
  [
    "a failure that was made a pass",
    ({ checks: [, check] }) => Object.assign(check?.findings[0] ?? {}, { status: "pass" }),
    "was edited: it counts 1 pass, and has 2",
  ],
  [
    "a verdict that was made better",
    (report) => Object.assign(report, { verdict: "GO" }),
    "its verdict is GO, and its findings come to NO-GO",
  ],
  ["a finding that was taken out", ({ checks }) => checks[3]?.findings.pop(), "was edited: it counts 3 fail, and has 2"],
  ["a finding that stands there twice", ({ checks }) => checks[0]?.findings.push(...(checks[0]?.findings ?? [])), "it has a finding twice"],
  [
    "another subject",
    ({ checks: [check] }) => Object.assign(check?.findings[0] ?? {}, { subject: "caller:me" }),
    "is not about what its id says",
  ],
  [
    "a status that there is none of",
    ({ checks: [check] }) => Object.assign(check?.findings[0] ?? {}, { status: "ok" }),
    "checks.0.findings.0.status",
  ],
])("%s is noticed", (_, change, says) => {
  expect(edited(change)).toContain(says);
});
