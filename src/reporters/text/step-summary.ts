import type { Report } from "../../report.ts";
import type { Place } from "../../reporter.ts";
import { fitting, shortened } from "./fitting.ts";
import { fenced, text } from "./gfm.ts";
import { type Root, sorted } from "./sorted.ts";
import { allVisible } from "./visible.ts";
import {
  counted,
  countsOf,
  coverageOf,
  deployAgain,
  effortOf,
  hindranceOf,
  listed,
  meaning,
  placeOf,
  reasonOf,
  signs,
  type Told,
  termsOf,
  told,
} from "./words.ts";
import { isOpen, worstFirst } from "./worst-first.ts";

/**
 * GitHub refuses a step's summary that is longer:
 * https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary
 */
const limit = 1_048_576;
/** Kept for the last lines. */
const reserve = 2_000;
const columns = "| status | check | severity | subject | finding |\n| --- | --- | --- | --- | --- |\n";

interface Part {
  readonly before: string;
  readonly rows: readonly string[];
  readonly after?: string;
}

/**
 * The page of a job's summary, within what GitHub takes: the verdict, the root causes with their commands, every finding, the worst first,
 * and how warnings are mended.
 */
export function stepSummary(raw: Report, { taken = 0 }: Partial<Place> = {}): string {
  const report = allVisible(shortened(raw, 1000));
  const { causes, moving, warnings } = sorted(report);
  const calm = told(report).filter((finding) => !isOpen(finding));
  const parts: readonly Part[] = [
    { before: head(report), rows: [] },
    { before: `### ${counted(causes.length, "root cause")}\n\n`, rows: causes.map(root) },
    { before: "### Still moving\n\n", rows: moving.map(root) },
    { before: `### Findings\n\n${columns}`, rows: worstFirst(told(report).filter(isOpen)).map(row), after: "\n" },
    { before: `### ${counted(warnings.length, "warning")}\n\n`, rows: warnings.map(root) },
    {
      before: `<details><summary>${calm.length} passed or skipped</summary>\n\n${columns}`,
      rows: calm.map(row),
      after: "\n</details>\n\n",
    },
  ];
  return assembled(parts, foot(report), limit - taken - reserve);
}

/** As much as fits: of each part the rows from its first, and a part with no row not at all. What was left out is said. */
function assembled(parts: readonly Part[], last: string, room: number): string {
  let page = "";
  let dropped = 0;
  for (const { before, rows, after = "" } of parts) {
    const left = room - Buffer.byteLength(page + before + after);
    const fit = fitting(rows, left);
    dropped += rows.length - fit.length;
    if (left >= 0 && (fit.length > 0 || page === "")) page += before + fit.join("") + after;
  }
  const note = `**${counted(dropped, "row")} did not fit** into the 1 MiB that GitHub takes, the least grave ones.\n\n`;
  return page === "" ? "" : page + (dropped > 0 ? note : "") + last;
}

function head(report: Report): string {
  const { verdict, scene, finishedAt, deployment, origin } = report;
  const { name } = deployment;
  const place = [scene, ...placeOf(deployment), finishedAt];
  const commit = origin.commit ? [`commit ${origin.commit.slice(0, 12)}`] : [];
  const says = `**${text(`${name} ${meaning(report)}`)}.** ${text(`${countsOf(report)}. ${coverageOf(report)}.`)}`;
  return `## ${signOf[verdict]} ${verdict}: ${text(name)}\n\n${says}\n\n${text([...place, ...commit].join(" · "))}\n\n`;
}

const signOf = { GO: "✅", "NO-GO": "❌", HOLD: "✋" } as const;

function root({ of, says, alike, explains, fix, afterwards }: Root): string {
  const lines = [`**${signs[of.status]} ${text(says)}** (${text(of.check.id)})`];
  if (alike.length > 0) lines.push(`And alike: ${text(some(alike))}.`);
  if (explains.length > 0) lines.push(`Explains ${explains.length}: ${text(some(explains))}.`);
  if (fix) lines.push(text(fix.do), ...(fix.run.length > 0 ? [fenced(fix.run.join("\n"))] : []));
  if (afterwards.length > 0) lines.push(text(deployAgain), fenced(afterwards.join("\n")));
  return `${lines.join("\n\n")}\n\n`;
}

/** Of very many findings, the first: all of them are in the table. */
const some = (ids: readonly string[]) => `${listed(ids.slice(0, 20))}${ids.length > 20 ? `; and ${ids.length - 20} more` : ""}`;

function row({ status, says, subject, because, waiver, explainedBy, check }: Told): string {
  const more = [
    because ? (says.includes(because.why) ? hindranceOf(because) : reasonOf(because)) : "",
    explainedBy ? `explained by ${explainedBy}` : "",
    waiver ? `waived ${termsOf(waiver)}` : "",
  ];
  const said = [says, ...more.filter((part) => part)].join("; ");
  const cells = [`${signs[status]} ${status}${waiver ? " (waived)" : ""}`, check.id, check.severity, subject, said];
  return `| ${cells.map(text).join(" | ")} |\n`;
}

function foot(report: Report): string {
  const { exitCode, notAsked, snapshot, tool } = report;
  const left = notAsked.length > 0 ? [`Not asked: ${counted(notAsked.length, "check")}.`] : [];
  const seal = snapshot ? [`Snapshot ${snapshot.slice(0, 12)}.`] : [];
  return `${[`${effortOf(report)}, exit code ${exitCode}, seaworthy ${tool.version}.`, ...left, ...seal].map(text).join(" ")}\n`;
}
