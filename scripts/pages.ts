import { loadIncidents } from "../fixtures/incidents.ts";
import { play } from "../fixtures/play.ts";
import type { NamedCheck, Scene } from "../src/check.ts";
import { severityIn } from "../src/countdown.ts";
import { loadChecks } from "../src/discover.ts";
import { withNeeds } from "../src/gather.ts";
import type { ReportedFinding } from "../src/report.ts";

/** What a check says when it fails, and in which story. */
interface Example {
  readonly story: string;
  readonly finding: ReportedFinding;
}

const scenes: readonly (readonly [Scene, string])[] = [
  ["pre-scale-up", "`seaworthy checklist`, before scaling up"],
  ["post-deploy", "`seaworthy gate`, after a deployment"],
  ["sign-off", "`seaworthy sign-off`, for the report"],
];

/** The page of every check, by file name, written from the checks themselves and from what they say of the worlds in `fixtures/incidents`. */
export async function pages(): Promise<ReadonlyMap<string, string>> {
  const checks = await loadChecks();
  const examples = await examplesOf();
  const files = checks.map((check): readonly [string, string] => [
    `${check.order}-${check.id}.md`,
    page(check, examples.get(check.id) ?? []),
  ]);
  return new Map([...files, ["README.md", contents(checks)]]);
}

async function examplesOf(): Promise<ReadonlyMap<string, readonly Example[]>> {
  const played = await Promise.all((await loadIncidents()).map(async (incident) => ({ incident, ...(await play(incident)) })));
  const all = played.flatMap(({ incident, report }) =>
    report.checks.flatMap(({ id, findings }) => {
      const finding = findings.find(({ status, explainedBy, waiver }) => status === "fail" && explainedBy === null && waiver === null);
      return finding ? [{ id, story: incident.title, finding }] : [];
    }),
  );
  return Map.groupBy(all, ({ id }) => id);
}

function page(check: NamedCheck, examples: readonly Example[]): string {
  const facts = withNeeds([check.about, ...check.needs]);
  const direct = [check.about, ...check.needs].map(({ id }) => id);
  const weights = scenes.map(([scene, where]) => `| ${where} | ${severityIn(check, scene) ?? "not asked"} |`);
  const reads = facts.map(({ id, calls }) => {
    const asks = calls.length > 0 ? calls.map((call) => `\`${call}\``).join(", ") : "nothing of AWS";
    return `| ${id}${direct.includes(id) ? "" : " (by way of the others)"} | ${asks} |`;
  });
  return lines(
    `# ${check.order} ${check.id}`,
    `**${check.title}.**`,
    check.why,
    "## What it weighs",
    ["| where | severity |", "| --- | --- |", ...weights].join("\n"),
    "## What it reads",
    ["| fact | calls |", "| --- | --- |", ...reads].join("\n"),
    ...(examples.length > 0 ? ["## How it fails, and what mends it", ...examples.map(example)] : []),
    "---\nThis page is generated: `npm run docs`.",
  );
}

function example({ story, finding: { subject, says, fix } }: Example): string {
  const run = fix && fix.run.length > 0 ? [`\`\`\`sh\n${fix.run.join("\n")}\n\`\`\``] : [];
  return lines(`### ${story}`, `> ${subject} ${says}`, ...(fix ? [fix.do] : []), ...run).trimEnd();
}

function contents(checks: readonly NamedCheck[]): string {
  const rows = checks.map((check) => {
    const weights = scenes.map(([scene]) => severityIn(check, scene) ?? "–");
    return `| [${check.order}](${check.order}-${check.id}.md) | ${check.id} | ${check.title} | ${weights.join(" | ")} |`;
  });
  const head = ["| order | id | true when it passes | checklist | gate | sign-off |", "| --- | --- | --- | --- | --- | --- |"];
  return lines("# The countdown", [...head, ...rows].join("\n"), "---\nThis page is generated: `npm run docs`.");
}

const lines = (...parts: readonly string[]) => `${parts.join("\n\n")}\n`;
