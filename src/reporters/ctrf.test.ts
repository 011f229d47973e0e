import { type CTRFReport, validate } from "ctrf";
import { expect, test } from "vitest";
import { story } from "../../test/cli/reports.ts";
import type { Report } from "../report.ts";
import render from "./ctrf.ts";

const read = (report: Report) => JSON.parse(render(report, {})) as CTRFReport;
const lines = { secrets: 7, "secrets/backend-secret": 8 };
const configuration = { file: "seaworthy.config.yaml", lines };

test("it is valid by the schema of CTRF, with and without a configuration, commit and page", () => {
  const from = { ...story(), origin: { by: "platform", commit: "3f4021a", url: "https://ci.example.org/1", configuration } };
  for (const report of [story(), from]) expect(validate(read(report))).toEqual({ valid: true, errors: [] });
  expect(validate({ ...read(story()), results: {} }).valid).toBe(false);
});

test("each finding is a test: not known is neither passed nor failed, pending stays so, waived is skipped and says so", () => {
  const { tests, summary } = read(story()).results;
  expect(tests.map(({ status, rawStatus }) => `${status}: ${rawStatus}`)).toEqual([
    "passed: pass",
    "failed: fail",
    "skipped: skip",
    "failed: fail",
    "pending: pending",
    "failed: fail",
    "skipped: fail, waived",
    "other: unknown",
  ]);
  expect(summary).toMatchObject({ tests: 8, passed: 1, failed: 3, skipped: 2, pending: 1, other: 1, suites: 5, duration: 2300 });
  expect(summary.extra).toMatchObject({ verdict: "NO-GO", exitCode: 3 });
});

test("a test says what, how it is mended, on what evidence, and where the configuration speaks of it", () => {
  const { tests } = read({ ...story(), origin: { by: null, commit: null, url: null, configuration } }).results;
  expect(tests[1]).toMatchObject({
    name: "secret-current-version/secret:backend-secret",
    suite: ["2xx secrets", "secret-current-version"],
    message: "secret:backend-secret has no AWSCURRENT version: it was created without a value",
    trace: expect.stringContaining("Put a value with the ten required keys.\naws secretsmanager put-secret-value"),
    filePath: "seaworthy.config.yaml",
    line: 8,
    extra: { evidence: { stages: {} } },
  });
});

test("the trap: a test that was waited for is not flaky", () => {
  const report = story();
  const checks = report.checks.map((check) => ({ ...check, attempts: 7 }));
  const { tests, summary } = read({ ...report, checks }).results;
  expect(tests.every(({ flaky, retries, extra }) => !flaky && !retries && extra?.["attempts"] === 7)).toBe(true);
  expect(summary.flaky ?? 0).toBe(0);
});
