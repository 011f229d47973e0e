import { createHash } from "node:crypto";
import type { Invocation, Log, Notification, Result, Run } from "sarif";
import type { Report } from "../report.ts";
import { defineReporter, type Place } from "../reporter.ts";
import { resultOf } from "./sarif/results.ts";
import { ruleOf } from "./sarif/rules.ts";
import { fitting, shortened } from "./text/fitting.ts";
import { linesOf } from "./text/lines.ts";
import { allVisible } from "./text/visible.ts";
import { counted, reasonOf, told } from "./text/words.ts";
import { isOpen, worstFirst } from "./text/worst-first.ts";

/**
 * GitHub takes 25,000 results and ten megabytes, compressed:
 * https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit. What has no more than that
 * uncompressed has no more compressed.
 */
const most = { results: 25_000, bytes: 9_900_000, notifications: 100 };

/**
 * SARIF 2.1.0: a rule for each check, and a result for each finding that fails, is not known or is still moving, the worst first. What
 * passed has none, since GitHub's code scanning makes an alert of every result, whatever its kind; that a check was asked is told by its
 * rule, and closes its alerts.
 */
export default defineReporter((raw: Report, place: Partial<Place>) => {
  const report = allVisible(shortened(raw, 1000));
  const lineOf = linesOf(report, place);
  const whole = told(raw);
  const names = new Map(told(report).map((finding, n) => [finding.id, fingerprint(raw, whole[n]?.id ?? finding.id)]));
  const results = worstFirst(told(report).filter(isOpen)).map((finding) =>
    resultOf(finding, names.get(finding.id) ?? "", lineOf(finding.subject), report),
  );

  const rows = results.slice(0, most.results).map((result) => `${JSON.stringify(result)},`);
  const kept = fitting(rows, most.bytes - Buffer.byteLength(JSON.stringify(logOf(report, [], 1)))).length;
  return `${JSON.stringify(logOf(report, results.slice(0, kept), results.length - kept))}\n`;
});

/** Which finding of which deployment, whatever it says and wherever it stands. */
const fingerprint = ({ deployment: { name, cluster } }: Report, id: string): string =>
  createHash("sha256")
    .update(JSON.stringify([name, cluster, id]))
    .digest("hex");

function logOf(report: Report, results: Result[], left: number): Log {
  const { tool, deployment, scene, verdict, counts, coverage, rootCauses, checks } = report;
  const about = { name: tool.name, version: tool.version, semanticVersion: tool.version };
  const run: Run = {
    tool: { driver: { ...about, informationUri: "https://www.npmjs.com/package/seaworthy", rules: checks.map(ruleOf) } },
    // GitHub keeps the results of each category apart, and overwrites those of the same one.
    automationDetails: { id: `seaworthy/${deployment.name.replaceAll("/", "-")}/${scene}/` },
    invocations: [invocationOf(report, left)],
    results,
    columnKind: "utf16CodeUnits",
    properties: { verdict, counts, coverage, rootCauses: rootCauses.map(({ finding }) => finding) },
  };
  return { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
}

function invocationOf({ startedAt, finishedAt, exitCode, verdict, interrupted, unknowns }: Report, left: number): Invocation {
  const gaps = unknowns.map((unknown) => `${unknown.fact} is not known: ${reasonOf(unknown)}`);
  const more = gaps.length - most.notifications;
  const notes = [
    ...gaps.slice(0, most.notifications),
    ...(more > 0 ? [`${counted(more, "reading")} besides ${more === 1 ? "is" : "are"} not known`] : []),
    ...(left > 0 ? [`${counted(left, "result")}, the least grave, did not fit into what GitHub takes`] : []),
  ];
  return {
    executionSuccessful: !interrupted,
    ...{ exitCode, exitCodeDescription: verdict, startTimeUtc: startedAt, endTimeUtc: finishedAt },
    toolExecutionNotifications: notes.map((text): Notification => ({ level: "warning", message: { text } })),
  };
}
