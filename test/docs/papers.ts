import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";

export const root = join(import.meta.dirname, "../..");

/** A fenced block of a document, and the line that it begins on. */
export interface Block {
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

/** A document that users read. */
export interface Paper {
  readonly file: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** One thing that a document tells to do, in the order in which it does: a command line, or a file to write. */
export type Step =
  | { readonly at: string; readonly before: readonly string[]; readonly command: string; readonly exits: number }
  | { readonly at: string; readonly writes: string; readonly text: string };

const written = "{README,CHANGELOG,CONTRIBUTING}.md";

/** Every document, those that are generated included. */
export const papers: readonly Paper[] = globSync([written, "{docs,examples}/**/*.md"], { cwd: root })
  .toSorted()
  .map((file) => {
    const text = readFileSync(join(root, file), "utf8");
    return { file, text, blocks: blocksIn(text) };
  });

function blocksIn(text: string): readonly Block[] {
  return [...text.matchAll(/^( *)```(\w*)[^\n]*\n(.*?)^\1```$/gms)].map(({ 1: indent = "", 2: language = "", 3: inner = "", index }) => ({
    language,
    text: inner.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
    line: text.slice(0, index).split("\n").length + 1,
  }));
}

/** All that a document tells to do. */
export const stepsOf = ({ file, blocks }: Paper): readonly Step[] =>
  blocks.flatMap((block): readonly Step[] => {
    const at = `${file}:${block.line}`;
    if (block.language === "console") return commandsIn(promptsIn(block.text), at);
    if (block.language === "sh") return commandsIn(block.text, at);
    if (block.language === "groovy")
      return [...block.text.matchAll(/\bsh(?:\(.*?script:)? '([^']+)'/g)].flatMap(([, text = ""]) => commandsIn(text, at));
    if (block.language === "ts")
      return [...block.text.matchAll(/^\/\/ (\S+\.ts)\n/g)].map(([, writes = ""]) => ({ at, writes, text: block.text }));
    if (block.language !== "yaml") return [];
    return isConfiguration(block.text)
      ? [{ at, writes: "seaworthy.config.yaml", text: block.text }]
      : scriptsIn(parsed(block.text)).flatMap((text) => commandsIn(text, at));
  });

/** Whether YAML is a whole configuration, and not a section of one, or a pipeline. */
export const isConfiguration = (text: string): boolean => /^deployment:/m.test(text);

/** The values of YAML; throws where it is none. */
export function parsed(text: string): unknown {
  const documents = parseAllDocuments(text);
  for (const { errors } of "empty" in documents ? [] : documents) if (errors[0]) throw errors[0];
  return "empty" in documents ? undefined : documents.map((one) => one.toJS() as unknown);
}

/** What pipelines run, wherever it stands in their files. */
function scriptsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(scriptsIn);
  if (typeof value !== "object" || value === null) return [];
  if ("uses" in value && /\/seaworthy@/.test(`${value.uses}`)) return [byAction("with" in value ? value.with : {})];
  return Object.entries(value).flatMap(([key, inner]) =>
    /^(run|script|before_script|after_script|commands)$/.test(key)
      ? [inner].flat().filter((one) => typeof one === "string")
      : scriptsIn(inner),
  );
}

/** What our action runs for its inputs. */
function byAction(inputs: unknown): string {
  const action = parse(readFileSync(join(root, "action.yml"), "utf8")) as {
    readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
    readonly runs: { readonly steps: readonly [{ readonly env: Readonly<Record<string, string>>; readonly run: string }] };
  };
  const given = new Map(Object.entries(inputs as Record<string, unknown>));
  const strange = [...given.keys()].filter((name) => !(name in action.inputs));
  if (strange.length > 0) throw new Error(`action.yml has no input ${strange.join(", ")}`);
  const [{ env, run }] = action.runs.steps;
  const values = Object.entries(env).map(([name, expression]) => {
    const [, input = ""] = /inputs\.([\w-]+)/.exec(expression) ?? [];
    // What another job has built.
    const value = `${given.get(input) ?? action.inputs[input]?.default ?? ""}`.replaceAll(/\$\{\{[^}]*\}\}/g, "$IMAGE");
    return `export ${name}="${value.replaceAll(/["\\`]/g, "\\$&")}"`;
  });
  return `: seaworthy as its action\n${values.join("\n")}\n${run}`;
}

/** What is typed in a terminal, without what it answers. */
const promptsIn = (text: string) => [...text.matchAll(/^\$ (.+)$/gm)].map(([, line]) => line).join("\n");

/** The command lines of a script, each whole; assignments, and where it goes, before one go with it. */
function commandsIn(script: string, at: string): readonly Step[] {
  const lines = /^\s*(case|if|for|while)\b|<</m.test(script) ? [script.trim()] : script.replaceAll(/\s*\\\n\s*/g, " ").split("\n");
  const kept: string[] = [];
  return lines.flatMap((line) => {
    if (/^\s*(#|$)/.test(line)) return [];
    if (/^((export )?\w+=\S*|cd \S+)$/.test(line)) {
      kept.push(line);
      return [];
    }
    const [, code = "0"] = /#.*\bexits (\d+)/.exec(line) ?? [];
    return [{ at, before: [...kept], command: line, exits: Number(code) }];
  });
}

/** Commands that a document has in its text, between backticks. */
export const spokenIn = ({ text }: Paper): readonly string[] =>
  [...text.replaceAll(/^ *```.*?^ *```$/gms, "").matchAll(/`(?:npx )?seaworthy ([^`]+)`/g)].map(([, words = ""]) => words);

/** Where a document's links lead that stay in the repository: the file, and the heading in it. */
export const linksIn = ({ text }: Paper): readonly (readonly [file: string, heading: string])[] =>
  [
    ...text
      .replaceAll(/^ *```.*?^ *```$/gms, "")
      .replaceAll(/`[^`\n]*`/g, "")
      .matchAll(/\]\(([^)\s]+)\)/g),
  ].flatMap(([, to = ""]) => {
    const [file = "", heading = ""] = to.split("#");
    return /^\w+:/.test(to) ? [] : [[file, heading] as const];
  });

/** The headings of a document, as GitHub makes anchors of them. */
export const headingsOf = ({ text }: Paper): readonly string[] =>
  [...text.replaceAll(/^```.*?^```$/gms, "").matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
