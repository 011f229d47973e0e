import type { Builder, TestCase } from "junit-report-builder";
import type { Report } from "../report.ts";
import { defineReporter } from "../reporter.ts";
import { stationsOf } from "./text/stations.ts";
import { allVisible } from "./text/visible.ts";
import { reasonOf, type Told, termsOf, told } from "./text/words.ts";

/**
 * One suite for each station, one case for each finding. A blocker that is still pending fails, as the gate does; what is not known is an
 * error. Asking is shared by all checks, so that it takes time as a whole, and a single case none.
 */
export default defineReporter(async (raw) => {
  // Its types tell of one more `default` than the module has.
  const { default: builder } = (await import("junit-report-builder")) as unknown as { default: Builder };
  const report = allVisible(raw);
  const only = unique();
  const document = builder.newBuilder().name(`${report.deployment.name} ${report.scene}: ${report.verdict}`);
  for (const { label, name, checks } of stationsOf(report.checks)) {
    const suite = document.testSuite().name(`${label} ${name}`).timestamp(report.startedAt).time(0);
    for (const finding of told({ ...report, checks: [...checks] })) settle(suite.testCase().time(0), finding, report, only(finding.id));
  }
  // No schema of Jenkins knows `skipped` of the root, and the builder no time of it.
  return `${document.build().replace(/ skipped="\d+"/, ` time="${report.usage.durationMs / 1000}"`)}\n`;
});

function settle(testCase: TestCase, finding: Told, { deployment }: Report, name: string): void {
  const { status, subject, says, check, because, waiver } = finding;
  const sentence = `${subject} ${says}`;
  testCase.name(name).className(`${deployment.name}.${check.id}`);

  if (waiver) return void testCase.skipped().standardOutput(cdata(`waived ${termsOf(waiver)}\n${details(finding)}`));
  if (status === "fail") return void testCase.failure(sentence, check.severity).stacktrace(details(finding));
  if (status === "unknown") return void testCase.error(sentence, because?.kind ?? "internal", details(finding));
  if (status === "pending" && check.severity === "blocker") return void testCase.failure(sentence, "pending").stacktrace(details(finding));
  if (status === "pass") return void testCase.standardOutput(cdata(sentence));
  testCase.skipped().standardOutput(cdata(sentence));
}

/** Gives each text once: GitLab and Jenkins take cases of one name for one case. Names that differ in what cannot be seen look alike. */
function unique(): (text: string) => string {
  const given = new Set<string>();
  return (text) => {
    let name = text;
    for (let n = 2; given.has(name); n++) name = `${text} (${n})`;
    given.add(name);
    return name;
  };
}

function details({ subject, says, check, fix, because, explainedBy, evidence }: Told): string {
  const lines = [
    `${subject} ${says}`,
    `${check.title} (${check.severity}): ${check.why}`,
    because ? `not known: ${reasonOf(because)}` : "",
    explainedBy ? `explained by ${explainedBy}` : "",
    fix ? [fix.do, ...fix.run.map((line) => `  ${line}`)].join("\n") : "",
    JSON.stringify(evidence, null, 1),
  ];
  return cdata(lines.filter((line) => line).join("\n"));
}

// The XML writer splits the first end of a CDATA section that it meets, and no other.
const cdata = (text: string) => text.replaceAll("]]>", "]] >");
