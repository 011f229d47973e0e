import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { configSchema, inferable } from "../../src/config.ts";
import { block, generated, paragraphs, sentence, table } from "./markdown.ts";
import { type Member, membersOf, objectIn, schemaOf, typeOf } from "./schema.ts";

const example = join(import.meta.dirname, "../../examples/ohmycoins-prod.seaworthy.yaml");

/** The page of every key that a configuration may have, written from its schema, with what the example says under each. */
export async function configurationPage(): Promise<string> {
  const sections = membersOf(schemaOf(configSchema));
  const text = await readFile(example, "utf8");
  const rows = sections.map(({ key, schema, required }) => [
    objectIn(schema) ? `[\`${key}\`](#${key.toLowerCase()})` : `\`${key}\``,
    sentence(schema.description ?? ""),
    typeOf(schema),
    required ? "yes" : "",
    isInferable(key) ? `found${required ? ", where it is `{}`" : ""}` : "",
  ]);
  return paragraphs(
    "# The configuration",
    introduction,
    "## Every section",
    table(["key", "what it says", "type", "required", "where it is not stated"], rows),
    "About `checks`: [own checks](own-checks.md). About `history`: [what is new, and what is not](recipes/history.md).",
    block("yaml", ["dashboards", "history"].map((key) => sectionIn(text, key)).join("\n")),
    ...sections.filter(({ schema }) => objectIn(schema)).map((section) => sectionOf(section, text)),
    generated,
  );
}

const introduction = `What you state here is asked, and what you leave out is found from what is deployed, or left alone. Only \`deployment\`, \`cluster\` and
\`services\` have to be there. \`npx seaworthy init --cluster my-cluster\` writes the file for you.

- **Which file.** The nearest \`seaworthy.config.yaml\` (or \`.yml\`, \`.json\`, \`.ts\`, \`.mts\`, \`.js\`, \`.mjs\`) from the working directory
  upward, or the one that \`--config\` names.
- **From the environment.** \`\${NAME}\` in a value is taken from there; that it is not set is an error. \`$\${NAME}\` stands for \`\${NAME}\` itself.
- **Mistakes.** An unknown key, a wrong type or the id of a check that there is none of ends with code 2, and says the file, the line and the
  word that was probably meant: a misspelt requirement would go unasked.
- **In your editor.** The first line of [the example](../examples/ohmycoins-prod.seaworthy.yaml) names the schema that the package brings,
  \`dist/config.schema.json\`; with the YAML language server that completes and explains every key.
- **In TypeScript.** Export the same object as default.`;

const isInferable = (key: string) => (inferable as readonly string[]).includes(key);

function sectionOf({ key, schema, required }: Member, text: string): string {
  const object = objectIn(schema);
  const found = isInferable(key) && !required ? " Where it is not stated, it is found from what is deployed." : "";
  return paragraphs(
    `## ${key}`,
    `${sentence(schema.description ?? "")}${found}`,
    keysOf(object ? membersOf(object) : []),
    block("yaml", sectionIn(text, key)),
  ).trimEnd();
}

/** The keys, and after them the keys of what they hold. */
function keysOf(members: readonly Member[], under = ""): string {
  return table(["key", "what it says", "type", "required"], rowsOf(members, under));
}

function rowsOf(members: readonly Member[], under: string): readonly string[][] {
  return members.flatMap(({ key, schema, required }) => {
    const inner = objectIn(schema);
    const own = [`\`${under}${key}\``, sentence(schema.description ?? ""), typeOf(schema), required ? "yes" : ""];
    return [own, ...(inner ? rowsOf(membersOf(inner), `${under}${key}.`) : [])];
  });
}

/** The lines of a section in the example, its comments included. */
function sectionIn(text: string, key: string): string {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`${key}:`));
  if (start < 0) throw new Error(`${example} has no ${key}`);
  const length = lines.slice(start + 1).findIndex((line) => /^\S/.test(line));
  return lines
    .slice(start, length < 0 ? undefined : start + 1 + length)
    .join("\n")
    .trimEnd();
}
