import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { toJSONSchema } from "zod/mini";
import { configSchema } from "../src/config.ts";
import { reportSchema } from "../src/report.ts";

const root = join(import.meta.dirname, "..");

/** As much of a JSON Schema as zod makes of ours. */
interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly prefixItems?: readonly Schema[];
  readonly items?: Schema | false;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | false;
}

/** The TypeScript type of what a schema describes, so that nobody needs the schema's library to read it. */
export function typeOf(schema: Schema): string {
  if (schema.$ref) return 'import("./fact.js").Json';
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(" | ");
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(" | ");
  if (schema.prefixItems) return `readonly [${schema.prefixItems.map(typeOf).join(", ")}]`;
  if (schema.type === "array") return `readonly (${typeOf(schema.items || {})})[]`;
  if (schema.type === "object") return objectOf(schema);
  return { integer: "number", number: "number", string: "string", boolean: "boolean", null: "null" }[schema.type ?? ""] ?? "unknown";
}

function objectOf({ properties, required = [], additionalProperties }: Schema): string {
  if (!properties) return `{ readonly [name: string]: ${typeOf(additionalProperties || {})} }`;
  const members = Object.entries(properties).map(([name, member]) => {
    const about = member.description ? `/** ${member.description} */ ` : "";
    const optional = required.includes(name) ? ["", ""] : ["?", " | undefined"];
    return `${about}readonly ${JSON.stringify(name)}${optional[0]}: ${typeOf(member)}${optional[1]};`;
  });
  return `{\n${members.join("\n")}\n}`;
}

/** Without the schema, and with what it describes written out. */
function withoutSchema(text: string, name: string, schema: Schema): string {
  return text
    .replace(/^import .* from "zod\/mini";\n/m, "")
    .replace(new RegExp(`(?:/\\*\\*[^/]*\\*/\\n)?export declare const ${name}: [^]*?\\n}, .*;\\n`), "")
    .replaceAll(`output<typeof ${name}>`, typeOf(schema));
}

/** Where another package's types are not there, what is of them is `any`, and no error. */
const lenient = (text: string) =>
  text
    .replaceAll(/^(import|export) [^;]*? from "(?![.]|vitest")[^"]+";/gm, (line) => `// @ts-ignore\n${line.replaceAll(/\s+/g, " ")}`)
    .replaceAll(/((?:from |import\()"\.[^"]*)\.ts"/g, '$1.js"');

const leadsTo = (file: string, text: string) =>
  [...text.matchAll(/(?:from |import\()"(\.[^"]*)\.js"/g)].map(([, to = ""]) => join(dirname(file), `${to}.d.ts`));

/** Writes the declarations of what can be imported, and of all that they lead to. */
export async function writeTypes(entries: readonly string[], to: string): Promise<void> {
  const folder = await mkdtemp(join(root, "node_modules/.types-"));
  try {
    await promisify(execFile)(process.execPath, [
      join(root, "node_modules/typescript/bin/tsc"),
      "-p",
      join(root, "tsconfig.types.json"),
      "--outDir",
      folder,
    ]);
    const files = new Set(entries.map((entry) => entry.replace(/\.ts$/, ".d.ts")));
    for (const file of files) {
      const written = await readFile(join(folder, file), "utf8");
      const plain =
        file === "src/config.d.ts"
          ? withoutSchema(written, "configSchema", toJSONSchema(configSchema, { io: "input" }) as Schema)
          : written;
      const text = lenient(file === "src/report.d.ts" ? withoutSchema(plain, "reportSchema", toJSONSchema(reportSchema) as Schema) : plain);
      for (const next of leadsTo(file, text)) files.add(next);
      const target = join(to, relative("src", file));
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}
