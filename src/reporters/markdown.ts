import type { Report, ReportedFinding } from "../report.ts";
import { defineReporter } from "../reporter.ts";
import { fenced, text } from "./text/gfm.ts";
import { quoteIn } from "./text/quote.ts";
import { sinceLines } from "./text/since.ts";
import { type Root, sorted } from "./text/sorted.ts";
import { stationsOf } from "./text/stations.ts";
import { allVisible } from "./text/visible.ts";
import {
  countsOf,
  coverageOf,
  deployAgain,
  effortOf,
  hindranceOf,
  leftOpen,
  listed,
  meaning,
  placeOf,
  signs,
  type Told,
  termsOf,
} from "./text/words.ts";

/** A page for a pull request or a wiki: the verdict, the root causes with their commands, and a table of all findings. */
export default defineReporter((raw) => {
  const report = allVisible(raw);
  const { causes, moving, warnings, alsoFailing, alsoMoving, gaps, waived } = sorted(report);
  const { name } = report.deployment;

  const gapLine = ({ because, findings }: (typeof gaps)[number]) =>
    `- **${text(hindranceOf(because))}**: ${text(because.why)}. Leaves open ${text(leftOpen(findings))}`;
  const blocks = [
    `# ${report.verdict}: ${text(name)}`,
    `**${text(name)} ${text(meaning(report))}.**`,
    [report.scene, ...placeOf(report.deployment).map(text), report.finishedAt].join(" · "),
    ...sinceLines(report).map(text),
    ...part("Root causes", causes.map(root)),
    ...part("Still moving", moving.map(root)),
    ...part("Warnings", warnings.map(root)),
    ...part("Failing as well", alsoFailing.map(finding)),
    ...part("Moving as well", alsoMoving.map(finding)),
    ...part("Not known", list(gaps.map(gapLine))),
    ...part("Waived", waived.map(finding)),
    "## Countdown",
    ...stationsOf(report.checks).flatMap(({ label, name, checks }) => [`### ${label} ${name}`, table(checks)]),
    `${countsOf(report)}. ${coverageOf(report)}. ${effortOf(report)}, exit code ${report.exitCode}.`,
    ...(report.notAsked.length > 0 ? [`Not asked: ${text(report.notAsked.join(", "))}.`] : []),
    // At a sign-off it is part of the page that people sign.
    ...part("Runbook", (report.scene === "sign-off" ? [] : (report.runbook ?? [])).map(runbookStep)),
  ];
  return `${blocks.join("\n\n")}\n`;
});

const part = (title: string, blocks: readonly string[]): readonly string[] => (blocks.length > 0 ? [`## ${title}`, ...blocks] : []);
const list = (items: readonly string[]): readonly string[] => (items.length > 0 ? [items.join("\n")] : []);

function root({ of, says, alike, explains, chain, recheck, fix, afterwards }: Root): string {
  const lines = [`**${signs[of.status]} ${text(says)}** (${text(of.check.id)})`];
  if (alike.length > 0) lines.push(`And alike: ${text(listed(alike))}.`);
  if (explains.length > 0) lines.push(`Explains ${explains.length}: ${text(listed(explains))}.`);
  if (chain.length > 2) lines.push(`One by the other: ${text(chain.join(" → "))}.`);
  const again = recheck.length > 1 ? [`Then asked again: ${text(recheck.join(", "))}.`] : [];
  const words = quoteIn(of);
  if (words) lines.push(`Last words of ${text(words.of)}:`, fenced(words.lines.join("\n"), ""));
  const then = afterwards.length > 0 ? remedy({ do: deployAgain, run: afterwards }) : [];
  return [...lines, ...remedy(fix), ...then, ...again].join("\n\n");
}

function finding({ status, subject, says, check, fix, waiver }: Told): string {
  const terms = waiver ? [text(`Waived ${termsOf(waiver)}`)] : [];
  return [`**${signs[status]} ${text(`${subject} ${says}`)}** (${text(check.id)}, ${check.severity})`, ...terms, ...remedy(fix)].join(
    "\n\n",
  );
}

function remedy(fix: ReportedFinding["fix"]): readonly string[] {
  if (!fix) return [];
  return fix.run.length > 0 ? [text(fix.do), fenced(fix.run.join("\n"))] : [text(fix.do)];
}

/** Numbered by hand: commands between the items of a list would begin it anew. */
function runbookStep({ do: does, run, takes }: NonNullable<Report["runbook"]>[number], index: number): string {
  const says = `**${index + 1}.** ${text(does)} (${text(takes)})`;
  return run.length > 0 ? `${says}\n\n${fenced(run.join("\n"))}` : says;
}

function table(checks: Report["checks"][number][] | readonly Report["checks"][number][]): string {
  const rows = checks.flatMap(({ order, id, severity, findings }) =>
    findings.map(({ status, subject, says, waiver }) => {
      const said = waiver ? `${says} (waived)` : says;
      return `| ${signs[status]} ${status} | ${order} ${text(id)} | ${severity} | ${text(subject)} | ${text(said)} |`;
    }),
  );
  return ["| status | check | severity | subject | finding |", "| --- | --- | --- | --- | --- |", ...rows].join("\n");
}
