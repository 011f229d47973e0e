import type { Report } from "../report.ts";
import { defineReporter, type Place } from "../reporter.ts";
import { shortened } from "./text/fitting.ts";
import { type Line, linesOf } from "./text/lines.ts";
import { type Gap, type Root, sorted } from "./text/sorted.ts";
import { stepSummary } from "./text/step-summary.ts";
import { allVisible } from "./text/visible.ts";
import { counted, countsOf, coverageOf, deployAgain, hindranceOf, leftOpen, meaning, type Told, termsOf } from "./text/words.ts";

type Level = "error" | "warning" | "notice";

interface Annotation {
  readonly level: Level;
  readonly title: string;
  readonly lines: readonly string[];
  readonly at?: Line | null;
}

/** Of each kind GitHub shows ten for a step: https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations */
const most = 10;
const levels: readonly Level[] = ["error", "warning", "notice"];

/**
 * Annotations for GitHub Actions, worst first and at most ten: the verdict, then what there is to mend, at the line of the configuration
 * that speaks of it. The runner reads them from stdout and from stderr. Appends a page to the job's summary, and to its outputs `verdict`,
 * `exit-code` and `reports`.
 */
export default defineReporter(
  (raw: Report, place: Partial<Place>) => {
    const report = allVisible(shortened(raw, 1000));
    const found = annotationsOf(report, place).toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
    const room = most - 1;
    const more = found.length - room + 1;
    const rest: Annotation = { level: "notice", title: "seaworthy", lines: [`${more} more are in the job's summary.`] };
    const shown = found.length > room ? [...found.slice(0, room - 1), rest] : found;
    return [verdictOf(report), ...shown].map((one) => `${command(one)}\n`).join("");
  },
  { appends: { GITHUB_STEP_SUMMARY: stepSummary, GITHUB_OUTPUT: outputs } },
);

function verdictOf(report: Report): Annotation {
  const { deployment, verdict, scene, notAsked } = report;
  const lines = [`${deployment.name} ${meaning(report)}.`, `${countsOf(report)}. ${coverageOf(report)}.`];
  const left = notAsked.length > 0 ? [`Not asked: ${counted(notAsked.length, "check")}.`] : [];
  return { level: verdict === "GO" ? "notice" : "error", title: `${verdict}: ${deployment.name}, ${scene}`, lines: [...lines, ...left] };
}

function annotationsOf(report: Report, place: Partial<Place>): readonly Annotation[] {
  const lineOf = linesOf(report, place);
  const { causes, moving, warnings, alsoFailing, alsoMoving, gaps, waived } = sorted(report);
  const root = ({ of, says, alike, explains, fix, afterwards }: Root): Annotation => {
    const others = [
      alike.length > 0 ? `And ${alike.length} alike.` : "",
      explains.length > 0 ? `Explains ${counted(explains.length, "other")}.` : "",
    ];
    const again = afterwards.length > 0 ? [deployAgain, ...afterwards] : [];
    return { level: levelOf(of), title: of.check.id, lines: [`${says}.`, ...others, ...remedy(fix), ...again], at: lineOf(of.subject) };
  };
  const alone = (of: Told): Annotation => {
    const accepted = of.waiver ? [`Waived ${termsOf(of.waiver)}`] : [];
    const lines = [`${of.subject} ${of.says}.`, ...accepted, ...remedy(of.fix)];
    return { level: levelOf(of), title: of.check.id, lines, at: lineOf(of.subject) };
  };
  const gap = ({ because, findings }: Gap): Annotation => {
    const worst = levels.find((level) => findings.some((one) => levelOf(one) === level)) ?? "notice";
    const lines = [`Not known: ${because.why}.`, `Leaves open ${leftOpen(findings)}.`];
    const [first] = findings;
    return { level: worst, title: hindranceOf(because), lines, at: first ? lineOf(first.subject) : null };
  };
  return [
    ...causes.map(root),
    ...moving.map(root),
    ...gaps.map(gap),
    ...warnings.map(root),
    ...[...alsoFailing, ...alsoMoving, ...waived].map(alone),
  ];
}

/** What keeps a verdict from GO is an error; of the rest, what fails and is no mere advice is a warning. */
function levelOf({ status, waiver, check: { severity } }: Told): Level {
  if (waiver) return "notice";
  if (severity === "blocker") return "error";
  return severity === "warning" && status === "fail" ? "warning" : "notice";
}

const remedy = (fix: Told["fix"]): readonly string[] => (fix ? [fix.do, ...fix.run] : []);

/** https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions */
function command({ level, title, lines, at }: Annotation): string {
  const properties = [`title=${property(title)}`, ...(at ? [`file=${property(at.file)}`, `line=${at.line}`] : [])];
  return `::${level} ${properties.join(",")}::${data(lines.filter((line) => line).join("\n"))}`;
}

const data = (text: string) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string) => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

function outputs({ verdict, exitCode }: Report, { files = [] }: Partial<Place>): string {
  return [output("verdict", verdict), output("exit-code", `${exitCode}`), output("reports", files.join("\n"))].join("");
}

/** The delimiter is one that the value does not have: what is in a path cannot end it, and begin an output of its own. */
function output(name: string, value: string): string {
  let end = "end";
  while (value.includes(end)) end += "-";
  return `${name}<<${end}\n${value}\n${end}\n`;
}
