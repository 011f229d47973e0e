import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type InputOptions, type OutputOptions, type Plugin, rolldown } from "rolldown";
import { toJSONSchema } from "zod/mini";
import { configSchema } from "../src/config.ts";
import { reportSchema } from "../src/report.ts";
import { writeTypes } from "./types.ts";

const root = join(import.meta.dirname, "..");
const path = (...parts: string[]) => join(root, ...parts);

/** Files of a folder that its discovery would find, as name and path. */
async function found(folder: string, pattern: RegExp): Promise<{ name: string; file: string; match: RegExpExecArray }[]> {
  const files = (await readdir(path(folder))).sort();
  return files.flatMap((name) => {
    const match = pattern.exec(name);
    return match ? [{ name: match[1] ?? name, file: JSON.stringify(path(folder, name)), match }] : [];
  });
}

/** The modules that look into folders at run time, as the bundle has them: an index of the same folders. */
const indexes: Readonly<Record<string, () => Promise<string>>> = {
  [path("src/discover.ts")]: async () => {
    const checks = await found("checks", /^(\d{3})-([a-z0-9-]+)\.ts$/);
    const sections = await found("src/infer", /^([a-z-]+)\.ts$/);
    return [
      ...checks.map(({ name, file }) => `import c${name} from ${file};`),
      `export const loadChecks = async () => [${checks.map(({ name, match }) => `{ ...c${name}, id: "${match[2]}", order: ${name} }`).join(", ")}];`,
      ...sections.map(({ file }, n) => `import s${n} from ${file};`),
      `export const loadSections = async () => [${sections.map((_, n) => `s${n}`).join(", ")}];`,
    ].join("\n");
  },
  [path("src/reporters.ts")]: async () => {
    const reporters = await found("src/reporters", /^([a-z-]+)\.ts$/);
    return [
      `const reporters = { ${reporters.map(({ name, file }) => `"${name}": () => import(${file})`).join(", ")} };`,
      "export const reporterNames = async () => Object.keys(reporters);",
      "export const loadReporter = async (name) => (await reporters[name]()).default;",
    ].join("\n");
  },
  [path("fixtures/operations.ts")]: async () => {
    const operations = await found("fixtures/operations", /^([a-z0-9-]+)\.ts$/);
    return [
      ...operations.map(({ file }, n) => `import o${n} from ${file};`),
      `export const loadOperations = async () => [${operations.map((_, n) => `o${n}`).join(", ")}];`,
    ].join("\n");
  },
  [path("fixtures/incidents.ts")]: async () => {
    const incidents = await found("fixtures/incidents", /^([a-z0-9-]+)\.ts$/);
    return [
      ...incidents.map(({ file }, n) => `import i${n} from ${file};`),
      `export const loadIncidents = async () => [${incidents.map(({ name }, n) => `{ ...i${n}, name: "${name}" }`).join(", ")}];`,
    ].join("\n");
  },
};

const indexed: Plugin = { name: "index-of-folders", load: (id) => indexes[id]?.() ?? null };

/** Imported as a module, `node:http` loads Node's own undici for exports that nobody here uses, which takes 25 ms. */
const plainHttp: Plugin = {
  name: "plain-http",
  resolveId: (id, _, { kind }) => (id === "node:http" && kind !== "require-call" ? "\0plain-http" : null),
  load: (id) =>
    id === "\0plain-http"
      ? `const http = process.getBuiltinModule("node:http");
         export default http;
         export const { Agent, ClientRequest, IncomingMessage, Server, ServerResponse, STATUS_CODES, createServer, get, globalAgent, request } = http;`
      : null,
};

/** The agent is all that is used of undici, and takes half as long to load as the whole. */
const agentAlone: Plugin = {
  name: "agent-alone",
  resolveId: (id) => (id === "undici" ? "\0undici-agent" : null),
  load: (id) =>
    id === "\0undici-agent"
      ? `import Agent from ${JSON.stringify(path("node_modules/undici/lib/dispatcher/agent.js"))}; export { Agent };`
      : null,
};

/** Node's own modules and nothing else stay outside; ES modules are taken, since they alone can be cut to what is used. */
const input = (entry: Record<string, string>, ...plugins: Plugin[]): InputOptions => ({
  input: entry,
  cwd: root,
  platform: "node",
  plugins: [indexed, plainHttp, agentAlone, ...plugins],
  // Whoever makes a suite of a countdown has it.
  external: ["vitest"],
  resolve: { mainFields: ["module", "main"] },
  logLevel: "warn",
});

const output = (chunks: string): OutputOptions => ({
  dir: path("dist"),
  format: "esm",
  entryFileNames: "[name].js",
  chunkFileNames: `${chunks}-[name]-[hash].js`,
  sourcemap: false,
  // What every run needs comes in few files: each one costs half a millisecond before its first line runs.
  codeSplitting: {
    groups: [
      // All that `--version` needs of the engine.
      { name: "mistake", test: /\/src\/(mistake|cli\/(output|version))\.ts$/, priority: 3 },
      { name: "reporters", test: /\/src\/reporters\.ts$/, priority: 3 },
      { name: "text", test: /\/src\/reporters\/text\//, priority: 2 },
      { name: "sdk", test: /node_modules\/(@smithy\/(core|signature|node-http|util|protocol|types)|@aws-sdk\/core|tslib|@aws-crypto)/ },
      {
        name: "countdown",
        test: /\/(checks|src\/(?!cli|init|reporters|aws\/|mistake|report|document|snapshot|web-door|index|vitest|deployment|own-|history|changes|regressions|traces|lambda)[^/]+)(\/|\.ts)/,
        priority: 1,
      },
      // What every command that judges goes through.
      {
        name: "run",
        test: /\/src\/(cli\/(ask|conditions|conduct|judge-deployment|configuration|deliver|history-file|meant|origin|own-checks|settings|signals|trouble)|reporter)\.ts$/,
      },
    ],
  },
});

/** The embedded AWS has the whole of every SDK client in it: a build of its own, so that the command line carries none of it. */
const apart: Plugin = {
  name: "embedded-apart",
  resolveId: (id) => (id.endsWith("/fixtures/demo.ts") ? { id: "./embedded.js", external: true } : null),
};

async function bundle(options: InputOptions, to: OutputOptions): Promise<void> {
  const build = await rolldown(options);
  await build.write(to);
  await build.close();
}

/** What can be imported of the package, by its name there: the same chunks as the command's, so that there is one of each module. */
const facts = await found("src/facts", /^([a-z-]+)\.ts$/);
const library = ["index", "vitest", "lambda", ...facts.map(({ name }) => `facts/${name}`)];

await rm(path("dist"), { recursive: true, force: true });
await mkdir(path("dist"), { recursive: true });
const entries = Object.fromEntries(library.map((name) => [name, path(`src/${name}.ts`)]));
await bundle(input({ main: path("src/cli/main.ts"), ...entries }, apart), output("cli"));
await bundle(input({ embedded: path("fixtures/demo.ts") }), output("embedded"));
await writeFile(path("dist/config.schema.json"), `${JSON.stringify(toJSONSchema(configSchema, { io: "input" }), null, 2)}\n`);
await writeFile(path("dist/report.schema.json"), `${JSON.stringify(toJSONSchema(reportSchema), null, 2)}\n`);
await writeTypes(
  library.map((name) => `src/${name}.ts`),
  path("dist/types"),
);
