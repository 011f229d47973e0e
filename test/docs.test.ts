import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import pLimit from "p-limit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { worldPort } from "../fixtures/port.ts";
import { shop } from "../fixtures/shop.ts";
import { type Served, serveStory } from "../fixtures/story.ts";
import { worldWeb } from "../fixtures/web.ts";
import { exitCodes } from "../scripts/reference/exit-codes.ts";
import { helpOfAll } from "../scripts/reference/help.ts";
import type { Scene } from "../src/check.ts";
import { configure } from "../src/cli/configuration.ts";
import { configSchema } from "../src/config.ts";
import { loadChecks } from "../src/discover.ts";
import { reporterNames } from "../src/reporters.ts";
import { run as judge } from "../src/run.ts";
import { seaworthy } from "./cli/seaworthy.ts";
import { headingsOf, isConfiguration, linksIn, type Paper, papers, parsed, root, type Step, spokenIn, stepsOf } from "./docs/papers.ts";
import { packagesIn, programsIn, run } from "./docs/shell.ts";
import { tools } from "./docs/tools.ts";

const paper = (file: string): Paper => {
  const found = papers.find((one) => one.file === file);
  if (!found) throw new Error(`there is no ${file}`);
  return found;
};
const ownConfiguration = paper("README.md").blocks.find(({ text }) => isConfiguration(text))?.text ?? "";
const example = readFileSync(join(root, "examples/ohmycoins-prod.seaworthy.yaml"), "utf8");
const isOfCheck = ({ file }: Paper) => /^docs\/checks\/\d/.test(file);
const isOurs = (command: string) => /\b(npx )?(seaworthy|vitest) /.test(command) && !/^npm /.test(command);
/** Whether a command line is one of those that are not run, or whose stand-ins are. */
const isKnown = (command: string) => {
  const [first = ""] = command.trim().split(/\s/);
  return first in tools || ["cat", "cd", "echo", "mkdir", "rm"].includes(first);
};
const checks = await loadChecks();

// What readers put their own for.
const own = (command: string) => command.replaceAll("my-cluster", "shop-prod");

let folder = "";
let served: Served;
let environment: Record<string, string> = {};
const places = new Map<string, Promise<string>>();
/** A document's own folder: an example is in its own, others in one with the configuration of README.md; or without any, `bare`. */
const place = (file: string, bare = false) => {
  const made = places.get(`${file} ${bare}`) ?? madeFor(file, bare);
  places.set(`${file} ${bare}`, made);
  return made;
};
async function madeFor(file: string, bare: boolean): Promise<string> {
  const directory = join(folder, bare ? "bare" : "configured", file.replaceAll("/", "-"), "work");
  await mkdir(directory, { recursive: true });
  if (bare) return directory;
  if (file.startsWith("examples/")) await cp(join(root, dirname(file)), directory, { recursive: true });
  // Where one is written, another must not be in its way.
  const written = papers.some((one) => one.file === file && stepsOf(one).some((step) => "command" in step && / init /.test(step.command)));
  await writeFile(join(directory, written ? "../seaworthy.config.yaml" : "seaworthy.config.yaml"), ownConfiguration);
  return directory;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "seaworthy-docs-"));
  const source = { world: shop(new Date()) };
  served = await serveStory({ source, config: { deployment: "shop-prod", cluster: "shop-prod", services: {} }, enter: () => {} });
  const ways = Object.entries(served.door.connectTo ?? {}).filter(([origin]) => origin.startsWith("http:"));
  const ports = ways.map(([origin, to]) => [new URL(origin).hostname, Number(new URL(to).port)]);
  environment = {
    PATH: await programsIn(join(folder, "bin")),
    HOME: join(folder, "home"),
    NODE_OPTIONS: `--import ${join(root, "test/docs/leading.ts")}`,
    NODE_COMPILE_CACHE: join(folder, "compiled"),
    LEADING: JSON.stringify(Object.fromEntries(ports)),
    AWS_ENDPOINT_URL: served.endpoint,
    AWS_ACCESS_KEY_ID: served.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: served.credentials.secretAccessKey,
    AWS_REGION: "eu-west-1",
    // What a pipeline has at hand.
    IMAGE: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.8.0",
    GITHUB_OUTPUT: join(folder, "github-output"),
    GITHUB_STEP_SUMMARY: join(folder, "github-step-summary"),
    AWS_ID_TOKEN: "example",
    AWS_WEB_IDENTITY_TOKEN_FILE: join(folder, "aws-id-token"),
  };
  await packagesIn(join(folder, "configured/node_modules"));
});
afterAll(async () => {
  await Promise.all([served.close(), rm(folder, { recursive: true, force: true })]);
});

/** Does what a step tells; what is wrong with how it ends, or nothing. */
async function wrongWith(step: Step, file: string): Promise<string | undefined> {
  if ("writes" in step) {
    const target = join(await place(file), step.writes);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, step.text);
    return undefined;
  }
  const { at, before, command, exits } = step;
  if (!isOurs(command) && !isKnown(command)) return `${at} tells to run what no test knows: ${command}`;
  // By its name alone: no configuration may be near.
  const alone = /seaworthy (gate|checklist|sign-off)\b.* --cluster /.test(command);
  const { code, said } = await run(own([...before, command].join("\n")), await place(file, alone), environment);
  return code === exits ? undefined : `${at} ends with ${code} and not ${exits}: ${command}\n${said}`;
}

const limit = pLimit(2);
const told = papers.filter((one) => !isOfCheck(one) && stepsOf(one).length > 0);

describe("what the documents tell to run ends as they say", () => {
  test.concurrent.each(told.map((one) => [one.file, one] as const))("%s", { timeout: 300_000 }, async (file, one) => {
    const wrong = await limit(async () => {
      const found: string[] = [];
      for (const step of stepsOf(one)) found.push((await wrongWith(step, file)) ?? "");
      return found.filter((one) => one !== "");
    });
    expect(wrong).toEqual([]);
  });
});

describe("what the documents show", () => {
  const blocks = papers.flatMap(({ file, blocks }) => blocks.map((block) => ({ ...block, at: `${file}:${block.line}` })));
  const shown = (language: string) => blocks.filter((block) => block.language === language).map((block) => [block.at, block.text] as const);

  test.each(shown("yaml"))("%s is YAML, and where it is of a configuration, a right one", async (at, text) => {
    const [values = {}] = [parsed(text)].flat() as object[];
    const sections = Object.keys(configSchema.def.shape);
    if (!Object.keys(values).every((key) => sections.includes(key))) return;
    // A section may speak of what others say: on generated pages of the example's, else of those of README.md.
    const generated = /^docs\/(checks|configuration)/.test(at);
    const [{ checks: _folder, ...around } = {}] = [parsed(generated ? example : ownConfiguration)].flat() as Record<string, unknown>[];
    const file = join(await place("excerpt"), `${randomUUID()}.json`);
    await mkdir(join(dirname(file), "seaworthy-checks"), { recursive: true });
    await writeFile(file, JSON.stringify(isConfiguration(text) ? values : { ...around, ...values }));
    const checkIds = checks.map(({ id }) => id);
    const { config } = await configure({ config: file }, { directory: folder, environment: {}, checkIds });
    expect(config.cluster).not.toBe("");
  });

  test.each(shown("json"))("%s is JSON", (_, text) => {
    expect(JSON.parse(text)).toBeTypeOf("object");
  });

  test("what is not run is told to run somewhere", () => {
    const commands = papers.flatMap(stepsOf).flatMap((step) => ("command" in step ? [step.command] : []));
    expect(Object.keys(tools).filter((name) => !commands.some((command) => command.split(/\s/).includes(name)))).toEqual([]);
  });

  test("every reporter is told of", async () => {
    const { text } = paper("docs/reporters.md");
    expect((await reporterNames()).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  test("every command that is spoken of is there, and so is every option of it", async () => {
    const commands = await helpOfAll();
    const wrong = papers.flatMap((one) =>
      spokenIn(one).flatMap((words) => {
        const [name = "", ...rest] = words.split(/\s+/);
        const command = commands.find((other) => other.name === name);
        if (!command) return /^[a-z]/.test(name) ? [`${one.file}: seaworthy ${words}`] : [];
        const known = command.options.flatMap(({ term }) => term.split(/[\s,=]+/));
        return rest
          .filter((word) => /^--?[a-z]/.test(word) && !known.includes(word))
          .map((word) => `${one.file}: seaworthy ${name} ${word}`);
      }),
    );
    expect(wrong).toEqual([]);
  });
});

describe("the page of a check", () => {
  const pages = papers.filter(isOfCheck);

  test("tells how to ask it alone, which can be done", async () => {
    const world = shop(new Date());
    const scenes: Readonly<Record<string, Scene>> = { gate: "post-deploy", checklist: "pre-scale-up", "sign-off": "sign-off" };
    const checkIds = checks.map(({ id }) => id);
    const file = join(await place("pages"), "seaworthy.config.yaml");
    await writeFile(file, ownConfiguration);
    const { config } = await configure({ config: file }, { directory: folder, environment: {}, checkIds });
    const means = {
      port: worldPort({ world }),
      web: worldWeb({ world }),
      clock: () => world.now,
      deadline: 5_000,
      wait: 0,
      calls: () => ({}),
    };

    const asked = pages.map(async (page) => {
      const [, number = ""] = /\/(\d{3})-/.exec(page.file) ?? [];
      const commands = stepsOf(page).flatMap((step) => ("command" in step && isOurs(step.command) ? [step.command] : []));
      const [, command = "", only = ""] = /^npx seaworthy (gate|checklist|sign-off) --only ([\w-]+)/.exec(commands[0] ?? "") ?? [];
      const scene = scenes[command];
      if (commands.length !== 1 || !scene) return `${page.file} tells to run ${commands.join(" and ") || "nothing"}`;
      const signal = new AbortController().signal;
      const { report } = await judge({ ...means, signal, config, checks, scene, only: [only], version: "0" });
      const unlike = report.checks.find(({ order }) => `${order}` === number)?.findings.find(({ status }) => status === "unknown");
      return report.checks.some(({ order }) => `${order}` === number) && !unlike
        ? ""
        : `${page.file}: ${command} --only ${only} does not ask it`;
    });
    expect((await Promise.all(asked)).filter((wrong) => wrong !== "")).toEqual([]);
  });

  test("tells to run nothing that no test knows", () => {
    const commands = pages.flatMap((page) => stepsOf(page).flatMap((step) => ("command" in step ? [step.command] : [])));
    const strange = commands.filter((command) => !isOurs(command) && !isKnown(command));
    expect(strange).toEqual([]);
  });
});

describe("the exit codes", () => {
  test("README.md has the table that the page has", () => {
    const rows = exitCodes.map(({ code, means }) => `| ${code} | ${means} |`);
    for (const file of ["README.md", "docs/exit-codes.md"]) expect(paper(file).text).toContain(rows.join("\n"));
  });

  test("each is one that something ends with", async () => {
    const shown = exitCodes.filter(({ shown }) => shown !== undefined).map(({ code }) => code);
    const told = stepsOf(paper("docs/exit-codes.md")).flatMap((step) => ("exits" in step ? [`${step.exits}`] : []));
    expect(told).toEqual(expect.arrayContaining(shown));

    const directory = await place("interrupted");
    const interrupted = (signal: NodeJS.Signals) =>
      seaworthy(["gate", "--wait", "10m"], {
        directory,
        env: environment,
        onStderr: (_, kill) => kill(signal),
      });
    const crash = "data:text/javascript,setTimeout(() => { throw new Error('what nobody has thought of') }, 100)";
    const ended = await Promise.all([
      seaworthy(["demo"], { env: { NODE_OPTIONS: `--import "${crash}"` } }),
      interrupted("SIGINT"),
      interrupted("SIGTERM"),
    ]);
    const others = ended.map(({ code }) => `${code}`);
    expect([...shown, ...others].sort()).toEqual(exitCodes.flatMap(({ code }) => code.split(", ")).sort());
  });
});

describe("the way around", () => {
  const locate = (from: string, to: string) => (to === "" ? from : normalize(join(dirname(from), to)));

  test("no link leads nowhere", async () => {
    const links = papers.flatMap((one) => linksIn(one).map(([to, heading]) => ({ from: one.file, to: locate(one.file, to), heading })));
    const dead = await Promise.all(
      links.map(async ({ from, to, heading }) => {
        const there = await stat(join(root, to)).then(
          () => true,
          () => false,
        );
        const headings = papers.find(({ file }) => file === to);
        const fits = heading === "" || (headings !== undefined && headingsOf(headings).includes(heading));
        return there && fits ? [] : [`${from} -> ${to}${heading && `#${heading}`}`];
      }),
    );
    expect(dead.flat()).toEqual([]);
  });

  test("every page of docs is reached from its index", () => {
    const reached = new Set(["docs/README.md"]);
    for (const file of reached) {
      const links = papers.filter((one) => one.file === file).flatMap(linksIn);
      const targets = links.map(([to]) => locate(file, to).replace(/\/$/, ""));
      // A folder shows what is in it.
      for (const one of papers) if (targets.includes(one.file) || targets.includes(dirname(one.file))) reached.add(one.file);
    }
    const lonely = papers.filter(({ file }) => file.startsWith("docs/") && !reached.has(file)).map(({ file }) => file);
    expect(lonely).toEqual([]);
  });
});
