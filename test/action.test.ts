import { spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JSONObjectReader } from "@actions/workflow-parser/templates/json-object-reader";
import { TemplateSchema } from "@actions/workflow-parser/templates/schema/index";
import { TemplateContext, TemplateValidationErrors } from "@actions/workflow-parser/templates/template-context";
import { readTemplate } from "@actions/workflow-parser/templates/template-reader";
import { NoOperationTraceWriter } from "@actions/workflow-parser/templates/trace-writer";
import { YamlObjectReader } from "@actions/workflow-parser/workflows/yaml-object-reader";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { ServedWorld } from "../fixtures/demo.ts";
import { outputsIn } from "./runner.ts";
import { served } from "./served.ts";

const root = join(import.meta.dirname, "..");
const content = await readFile(join(root, "action.yml"), "utf8");
const action = parse(content) as {
  inputs: Record<string, { default?: string; required?: boolean }>;
  outputs: Record<string, { value: string }>;
  runs: { steps: { id: string; shell: string; run: string; env: Record<string, string>; "working-directory": string }[] };
};
/** The example, without what it wants beside it. */
const configuration = (await readFile(join(root, "examples/ohmycoins-prod.seaworthy.yaml"), "utf8")).replaceAll(
  /^(checks|history):.*$/gm,
  "",
);
const main = join(root, "src/cli/main.ts");

let folder = "";
let healthy: ServedWorld;
let broken: ServedWorld;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "seaworthy-action-"));
  [healthy, broken] = await Promise.all([served("healthy"), served("secret-without-value")]);
  // Stands where npx would, and runs this tree whatever package is wanted.
  const npx = [
    "#!/usr/bin/env bash",
    `printf '%s\\n' "$@" > "${folder}/npx.txt"`,
    'while [ "$1" != seaworthy ]; do shift; done',
    `shift; exec "${process.execPath}" "${main}" "$@"`,
  ].join("\n");
  await writeFile(join(folder, "npx"), npx);
  await chmod(join(folder, "npx"), 0o755);
}, 60_000);
afterAll(async () => {
  await Promise.all([healthy.close(), broken.close(), rm(folder, { recursive: true })]);
});

/** What a runner makes of `${{ inputs.name }}`. */
const filled = (template: string, inputs: Readonly<Record<string, string>>) =>
  template.replaceAll(/\$\{\{ inputs\.([a-z-]+) \}\}/g, (_, name: string) => inputs[name] ?? action.inputs[name]?.default ?? "");

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** Runs the action's step as a runner does: its text to bash, its inputs as variables, its outputs and its summary to files. */
async function act(inputs: Readonly<Record<string, string>>, world: ServedWorld = healthy): Promise<Ran> {
  const [step, ...others] = action.runs.steps;
  if (!step || others.length > 0) throw new Error("the action is one step");
  const own = await mkdtemp(join(folder, "run-"));
  const file = (name: string) => join(own, name);
  await mkdir(file("deploy"));
  await writeFile(file("deploy/seaworthy.config.yaml"), configuration);
  await Promise.all([writeFile(file("step.sh"), step.run), writeFile(file("output"), ""), writeFile(file("summary"), "")]);
  const given = { "working-directory": file("deploy"), ...inputs };
  const env = Object.fromEntries(Object.entries(step.env).map(([name, template]) => [name, filled(template, given)]));
  const runner = { GITHUB_ACTIONS: "true", GITHUB_OUTPUT: file("output"), GITHUB_STEP_SUMMARY: file("summary"), GITHUB_WORKSPACE: own };
  const aws = { AWS_ENDPOINT_URL: world.endpoint, AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "example" };
  const child = spawn("bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", file("step.sh")], {
    cwd: filled(step["working-directory"], given),
    env: { PATH: `${folder}:${process.env["PATH"]}`, HOME: "/nonexistent", AWS_EC2_METADATA_DISABLED: "true", ...aws, ...runner, ...env },
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (data) => {
    stdout += data;
  });
  child.stderr.on("data", (data) => {
    stderr += data;
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  const [written, summary] = await Promise.all([readFile(file("output"), "utf8"), readFile(file("summary"), "utf8")]);
  const read = outputsIn(written);
  const values = Object.entries(action.outputs).map(([name, { value }]) => {
    const [, inner = ""] = /^\$\{\{ steps\.seaworthy\.outputs\.([a-z-]+) \}\}$/.exec(value) ?? [];
    return [name, read.get(inner) ?? ""];
  });
  return { code, stdout, stderr, outputs: Object.fromEntries(values), summary };
}

/** What GitHub's own reader of actions says of one, by its schema of them. */
async function problemsOf(text: string): Promise<readonly string[]> {
  const file = new URL(import.meta.resolve("@actions/workflow-parser/action-v1.0.min.json").replace(/\.js$/, ""));
  const schema = TemplateSchema.load(new JSONObjectReader(undefined, await readFile(file, "utf8")));
  const context = new TemplateContext(new TemplateValidationErrors(), schema, new NoOperationTraceWriter());
  const reader = new YamlObjectReader(context.getFileId("action.yml"), text);
  readTemplate(context, "action-root-strict", reader, undefined);
  return [...reader.errors.map(({ message }) => message), ...context.errors.getErrors().map(({ message }) => message)];
}

describe("action.yml", () => {
  test("is an action by GitHub's own reader of them, which refuses what is none", async () => {
    expect(await problemsOf(content)).toEqual([]);
    expect(await problemsOf(content.replace("using: composite", "using: nothing"))).not.toEqual([]);
    expect(await problemsOf(content.replace("shell: bash", "shel: bash"))).not.toEqual([]);
  });

  test("no input is part of the shell's text, and every one is used", () => {
    for (const { run } of action.runs.steps) expect(run).not.toContain("${{");
    for (const name of Object.keys(action.inputs)) expect(content).toContain(`\${{ inputs.${name} }}`);
  });

  test("nothing has to be given but where to look: three lines of a workflow", () => {
    expect(Object.values(action.inputs).filter(({ required }) => required)).toEqual([]);
  });
});

describe("what it does", () => {
  const skipped = "--quiet\n--skip\nendpoint-answers";

  test("GO: verdict, exit code, reports and a summary, with npx of the version that is wanted", async () => {
    const reporters = "json:out/report.json\n  junit:out/report.xml  \n";
    const { code, outputs, summary, stdout, stderr } = await act({ reporters, args: skipped, wait: "0" });
    expect(stderr).toMatch(/^::notice title=GO%3A ohmycoins-prod%2C post-deploy::/m);
    expect([code, outputs["verdict"], outputs["exit-code"]]).toEqual([0, "GO", "0"]);
    expect(outputs["reports"]?.split("\n")).toEqual([expect.stringMatching(/^\/.*\/out\/report\.json$/), expect.stringMatching(/\.xml$/)]);
    expect(JSON.parse(await readFile(outputs["reports"]?.split("\n")[0] ?? "", "utf8"))).toMatchObject({ verdict: "GO" });
    expect(summary).toMatch(/^## ✅ GO: ohmycoins-prod\n/);
    expect(stdout).toContain("━━━ GO ━━━");
    const words = await readFile(join(folder, "npx.txt"), "utf8");
    expect(words).toMatch(/^--yes\n--package\nseaworthy@0\n(--package\nnode@24\n)?--\nseaworthy\ngate\n--wait=0\n/);
  });

  test("NO-GO: it fails, and says why where people look", async () => {
    const command = `${process.execPath}\n${main}`;
    const { code, outputs, summary, stderr } = await act({ args: skipped, wait: "0", command }, broken);
    expect([code, outputs["verdict"], outputs["exit-code"], outputs["reports"]]).toEqual([3, "NO-GO", "3", ""]);
    expect(summary).toMatch(/^## ❌ NO-GO: ohmycoins-prod\n/);
    expect(summary).toContain("aws secretsmanager put-secret-value");
    expect(stderr).toMatch(/^::error title=secret-current-version,file=deploy\/seaworthy\.config\.yaml,line=22::secret:/m);
  });

  test("a mistake has no verdict, and the summary says so", async () => {
    const { code, outputs, summary, stderr } = await act({ config: "nowhere.yaml" });
    expect([code, outputs["verdict"], outputs["exit-code"]]).toEqual([2, "", "2"]);
    expect(stderr).toContain("nowhere.yaml");
    expect(summary).toContain("seaworthy gave no verdict");
  });

  test("a scene or a version that is none is refused before anything runs", async () => {
    for (const inputs of [{ scene: "gate; touch x" }, { version: "0 --yes evil" }, { version: "npm:evil@1" }]) {
      const { code, outputs, stdout } = await act(inputs);
      expect([code, outputs["exit-code"]]).toEqual([2, "2"]);
      expect(stdout).toMatch(/^::error title=seaworthy::/);
    }
  });

  test("the trap: whatever an input holds is one argument, and no part of a command", async () => {
    const evil = `x"; touch ${folder}/owned; echo "$(touch ${folder}/owned) \`touch ${folder}/owned\``;
    const inputs = {
      cluster: evil,
      services: `${evil}\n--endpoint-url=http://evil`,
      region: evil,
      wait: "0",
      "expect-image": evil,
      args: evil,
    };
    const { code } = await act({ ...inputs, command: "printf\n<%s>\\n" });
    expect(code).toBe(0);
    const { stdout } = await act({ ...inputs, command: "printf\n<%s>\\n" });
    expect(stdout.split("\n")).toEqual([
      "<gate>",
      ...[`--cluster=${evil}`, `--service=${evil}`, "--service=--endpoint-url=http://evil", `--region=${evil}`, "--wait=0"].map(
        (word) => `<${word}>`,
      ),
      ...[`--expect-image=${evil}`, evil].map((word) => `<${word}>`),
      "",
    ]);
    await expect(readFile(join(folder, "owned"))).rejects.toThrow("ENOENT");
  });
});
