import { loadIncidents } from "../../fixtures/incidents.ts";
import { play } from "../../fixtures/play.ts";
import { type Report, reportSchema } from "../../src/report.ts";
import { block, generated, paragraphs, sentence, table } from "./markdown.ts";
import { isPlain, type Member, membersOf, objectIn, type Schema, schemaOf, typeOf } from "./schema.ts";

/** The page of every field of the report document, written from its schema, with a report of an incident as example. */
export async function reportPage(): Promise<string> {
  const fields = membersOf(schemaOf(reportSchema));
  const shown = new Set<string>();
  return paragraphs(
    "# The report document",
    introduction,
    "## Every field",
    table(["field", "what it says", "type"], fields.map(row)),
    ...fields.flatMap(({ key, schema }) => tablesOf(key, schema, shown)),
    "## An example",
    "A secret was made without a value. Of the report, one check and two links of many, and no timings:",
    block("json", JSON.stringify(await example(), null, 2)),
    generated,
  );
}

const introduction = `\`--reporter json:report.json\` writes it, and every other report is made from it. It is what to script against:

\`\`\`sh
npx seaworthy gate --reporter json:report.json
\`\`\`

Each field is always there; what there is nothing to say of is \`null\` or empty. \`schema\` changes only with a migration, and the package brings the same as
JSON Schema: \`dist/report.schema.json\`. A subject is \`kind:name\`, by the shortest name that is unique in the deployment, so that [waivers](configuration.md#waivers)
can be written by hand. The statuses are

| status | meaning |
| --- | --- |
| \`pass\` | it is so, and the evidence shows it |
| \`fail\` | it is not so, and the fix mends it |
| \`pending\` | it is not so yet, and may still come true by waiting |
| \`unknown\` | it could not be found out, and \`because\` says what kept us from it: never a pass |
| \`skip\` | the question does not apply, for the reason that it says |

A check has the worst status of its findings, in this order: skip, pass, pending, unknown, fail; a finding that is waived counts as skip.

What is not known is of one of these kinds:

| kind | meaning |
| --- | --- |
| \`denied\` | AWS did not let us ask; \`action\` is the permission that is missing |
| \`throttled\`, \`timeout\`, \`network\` | no answer in time, or none that arrived; a gate that waits asks again |
| \`moved\` | the deployment changed while it was looked at; a gate that waits asks again |
| \`invalid\` | AWS answered what nobody has met yet, or refused the question |
| \`internal\` | a fault of seaworthy itself, in this one question |
| \`unasked\` | it was never asked, since the run was interrupted or what comes first failed |`;

const row = ({ key, schema }: Member) => [`\`${key}\``, sentence(schema.description ?? ""), typeOf(schema)];

/** A table for each object that a field holds, however deep, and of those that are alike for the first. */
function tablesOf(path: string, schema: Schema, shown: Set<string>): readonly string[] {
  const object = objectIn(schema);
  if (!object || isPlain(object) || shown.has(JSON.stringify(object.properties))) return [];
  shown.add(JSON.stringify(object.properties));
  const members = membersOf(object);
  const within = isList(schema) ? `${path}[]` : path;
  return [
    `### ${within}`,
    table(["field", "what it says", "type"], members.map(row)),
    ...members.flatMap(({ key, schema: inner }) => tablesOf(`${within}.${key}`, inner, shown)),
  ];
}

const isList = ({ type, anyOf = [] }: Schema) => type === "array" || anyOf.some((one) => one.type === "array");

async function example(): Promise<Report> {
  const story = (await loadIncidents()).find(({ name }) => name === "secret-without-value");
  const { report } = await play(story ?? {});
  const [cause] = report.rootCauses;
  const checks = report.checks.filter(({ id }) => cause?.finding.startsWith(`${id}/`));
  const links = report.links.filter(([, to]) => checks.some(({ findings }) => findings.some(({ subject }) => subject === to)));
  return { ...report, checks, links: links.slice(0, 2), usage: { durationMs: 0, calls: {} } };
}
