import type { CTRFReport, Test, TestStatus } from "ctrf";
import type { Report, Status } from "../report.ts";
import { defineReporter, type Place } from "../reporter.ts";
import { linesOf } from "./text/lines.ts";
import { stationsOf } from "./text/stations.ts";
import { allVisible } from "./text/visible.ts";
import { type Told, told } from "./text/words.ts";

/** What is not known is neither passed nor failed, and pending stays pending */
const statuses: Readonly<Record<Status, TestStatus>> = {
  pass: "passed",
  fail: "failed",
  pending: "pending",
  unknown: "other",
  skip: "skipped",
};

/**
 * The Common Test Report Format: one test for each finding; a waived one is skipped, and says so. Asking takes its time as a whole, a test
 * none.
 */
export default defineReporter((raw: Report, place: Partial<Place>) => {
  const report = allVisible(raw);
  const { tool, deployment, scene, verdict, exitCode, counts, coverage, usage, origin } = report;
  const lineOf = linesOf(report, place);
  const tests = stationsOf(report.checks).flatMap(({ label, name, checks }) =>
    told({ ...report, checks: [...checks] }).map((finding) => testOf(finding, `${label} ${name}`, lineOf(finding.subject))),
  );
  const count = (status: TestStatus) => tests.filter((test) => test.status === status).length;
  const document: CTRFReport = {
    reportFormat: "CTRF",
    specVersion: "0.0.0",
    timestamp: report.finishedAt,
    generatedBy: `${tool.name} ${tool.version}`,
    results: {
      tool: { name: tool.name, version: tool.version },
      summary: {
        ...{ tests: tests.length, passed: count("passed"), failed: count("failed"), skipped: count("skipped") },
        ...{ pending: count("pending"), other: count("other"), suites: stationsOf(report.checks).length },
        ...{ start: Date.parse(report.startedAt), stop: Date.parse(report.finishedAt), duration: usage.durationMs },
        extra: { verdict, exitCode, counts, coverage },
      },
      tests,
      environment: {
        ...{ reportName: `${deployment.name}, ${scene}: ${verdict}`, appName: deployment.name, testEnvironment: scene },
        ...(origin.commit ? { commit: origin.commit } : {}),
        ...(origin.url ? { buildUrl: origin.url } : {}),
        extra: { ...deployment },
      },
    },
  };
  return `${JSON.stringify(document, null, 1)}\n`;
});

function testOf(finding: Told, station: string, at: ReturnType<ReturnType<typeof linesOf>>): Test {
  const { id, subject, status, says, fix, because, waiver, explainedBy, evidence, check } = finding;
  return {
    ...{ testId: id, name: id, suite: [station, check.id], status: waiver ? "skipped" : statuses[status], duration: 0 },
    ...{ rawStatus: waiver ? `${status}, waived` : status, type: "readiness", tags: [check.severity] },
    message: `${subject} ${says}`,
    ...(fix ? { trace: [fix.do, ...fix.run].join("\n") } : {}),
    ...(at ? { filePath: at.file, line: at.line } : {}),
    extra: { order: check.order, title: check.title, attempts: check.attempts, because, explainedBy, waiver, evidence },
  };
}
