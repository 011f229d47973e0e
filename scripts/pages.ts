import pLimit from "p-limit";
import { loadIncidents } from "../fixtures/incidents.ts";
import { play } from "../fixtures/play.ts";
import type { NamedCheck, Scene } from "../src/check.ts";
import { severityIn } from "../src/countdown.ts";
import { loadChecks } from "../src/discover.ts";
import { withNeeds } from "../src/gather.ts";
import type { ReportedFinding } from "../src/report.ts";
import { stationsOf } from "../src/reporters/text/stations.ts";
import { block, generated, paragraphs, table } from "./reference/markdown.ts";

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
    page(check, unlike(examples.get(check.id) ?? [])),
  ]);
  return new Map([...files, ["README.md", contents(checks)]]);
}

async function examplesOf(): Promise<ReadonlyMap<string, readonly Example[]>> {
  // All at once, on a busy machine, they would keep each other past the deadline of asking.
  const limit = pLimit(8);
  const played = await Promise.all((await loadIncidents()).map((incident) => limit(async () => ({ incident, ...(await play(incident)) }))));
  const all = played.flatMap(({ incident, report }) =>
    report.checks.flatMap(({ id, findings }) => {
      const finding = findings.find(({ status, explainedBy, waiver }) => status === "fail" && explainedBy === null && waiver === null);
      return finding ? [{ id, story: incident.title, finding }] : [];
    }),
  );
  return Map.groupBy(all, ({ id }) => id);
}

/** Of stories in which it says the same, the first. */
function unlike(examples: readonly Example[]): readonly Example[] {
  const bySaying = Map.groupBy(examples, ({ finding: { subject, says, fix } }) => JSON.stringify([subject, says, fix]));
  return [...bySaying.values()].flatMap(([first]) => first ?? []);
}

function page(check: NamedCheck, examples: readonly Example[]): string {
  const { order, id, title, why } = check;
  return paragraphs(
    `# ${order} ${id}`,
    `**${title}.** ${why}`,
    table(
      scenes.map(([, where]) => where),
      [scenes.map(([scene]) => severityIn(check, scene) ?? "not asked")],
    ),
    "## What it asks",
    rolesOf(check).join("\n"),
    "To ask it alone:",
    block("sh", `npx seaworthy ${commandFor(check)} --only ${order}`),
    "## What it reads",
    ...readsOf(check),
    ...(examples.length > 0 ? ["## How it fails, and what mends it", ...examples.map(example)] : []),
    ...(check.first ? [] : ["## To live with it for a while", ...waiving(check, examples[0])]),
    `[All checks](README.md) · [all documents](../README.md)\n\n${generated}`,
  );
}

/** What it asks about, when it does not, and what its answer means for others. */
function rolesOf({ about, none, first, facesAbsence, breaks, symptom }: NamedCheck): readonly string[] {
  return [
    `- It asks about ${spoken[about.kind] ?? `each ${about.kind.replaceAll("-", " ")}`}. Where there is none, ${outcomes[none.status]}, and says: ${none.says}.`,
    ...(first ? ["- It is asked before all else: unless it passes, nothing else is asked."] : []),
    ...(facesAbsence ? ["- It answers for those that do not exist; what else is asked about them is then skipped."] : []),
    ...(breaks ? ["- While it fails, what leans on its subject cannot work: it may be the root cause of others."] : []),
    ...(symptom ? ["- It also fails where something that its subject leans on is broken: look at the root cause first."] : []),
  ];
}

/** What is one of its kind, or is not said as it is spelt. */
const spoken: Readonly<Record<string, string>> = {
  credentials: "the credentials",
  "terraform-lock": "the lock of Terraform's state",
  tls: "each listener and endpoint that speaks TLS",
  vpc: "each VPC",
  guardduty: "GuardDuty in this region",
  "aws-config": "AWS Config in this region",
  cost: "the cost of the whole stack",
  host: "each host that a service has",
  store: "each database and cache",
};
const outcomes = { skip: "it skips", fail: "it fails", pending: "it is pending", unknown: "it is unknown" } as const;

/** The first command that asks it, the gate where there is a choice. */
const commandFor = (check: NamedCheck) =>
  severityIn(check, "post-deploy") ? "gate" : severityIn(check, "pre-scale-up") ? "checklist" : "sign-off";

function readsOf({ about, needs, order }: NamedCheck): readonly string[] {
  const facts = withNeeds([about, ...needs]);
  const direct = [about, ...needs].map(({ id }) => id);
  const rows = facts.map(({ id, calls }) => {
    const asks = calls.length > 0 ? calls.map((call) => `\`${call}\``).join(", ") : "nothing of AWS";
    return [`${id}${direct.includes(id) ? "" : " (by way of the others)"}`, asks];
  });
  const also = [...new Set(facts.flatMap(({ alsoNeeds }) => alsoNeeds))];
  const spared = [...new Set(facts.flatMap(({ dispensable }) => dispensable))];
  const free = facts.every(({ calls, alsoNeeds }) => [...calls, ...alsoNeeds].every((action) => action === "sts:GetCallerIdentity"));
  const reading = table(["fact", "calls"], rows);
  if (free) return [reading, "It needs no permission: AWS answers this to everybody."];
  const actions = (list: readonly string[]) => list.map((action) => `\`${action}\``).join(", ");
  return [
    reading,
    [
      "It needs the IAM actions of the same names",
      ...(also.length > 0 ? [`, and ${actions(also)}`] : []),
      ...(spared.length > 0 ? [`; it can do without ${actions(spared)}`] : []),
      `. \`npx seaworthy policy --only ${order}\` prints them as a policy.`,
      " Where one is missing, the answer is `unknown`, and names it.",
    ].join(""),
  ];
}

function example({ story, finding: { subject, says, fix } }: Example): string {
  const run = fix && fix.run.length > 0 ? [block("sh", fix.run.join("\n"))] : [];
  return paragraphs(`### ${story}`, `> ${subject} ${says}`, ...(fix ? [fix.do] : []), ...run).trimEnd();
}

function waiving({ id }: NamedCheck, shown: Example | undefined): readonly string[] {
  const waiver = `waivers:
  - check: ${id}
    subject: ${JSON.stringify(shown?.finding.subject ?? "kind:name")}   # as the report names it
    reason: Why that is acceptable for now.
    owner: somebody@example.com
    expires: 2027-03-31          # the last day on which it counts, UTC`;
  return [
    "A [waiver](../configuration.md#waivers) accepts one failure until a day; the report goes on showing it, with its evidence. To weigh it otherwise, see [severity](../configuration.md#severity).",
    block("yaml", waiver),
  ];
}

function contents(checks: readonly NamedCheck[]): string {
  const stations = stationsOf(checks).map(({ label, name, checks: own }) => {
    const rows = own.map((check) => [
      `[${check.order}](${check.order}-${check.id}.md)`,
      check.id,
      check.title,
      ...scenes.map(([scene]) => severityIn(check, scene) ?? "–"),
    ]);
    return paragraphs(
      `## ${label} ${name}`,
      table(["order", "id", "true when it passes", "checklist", "gate", "sign-off"], rows),
    ).trimEnd();
  });
  return paragraphs("# The countdown", introduction(checks.length), ...stations, `[All documents](../README.md)\n\n${generated}`);
}

const introduction = (
  count: number,
) => `Every question that seaworthy asks, ${count} of them, in the order in which it reports them: who am I, the secrets, the task definitions that refer to
them, the ground that the tasks stand on, the tasks, the targets, the endpoint, the alarms, and what a sign-off adds. A blocker decides the verdict; a
warning is counted beside it; advice is said. \`npx seaworthy list\` prints the same, \`npx seaworthy explain 230\` one of them.`;
