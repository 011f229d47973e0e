import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { serve } from "../fixtures/aws.ts";
import { ohmycoinsConfig } from "../fixtures/configuration.ts";
import type { FaultDescription } from "../fixtures/faults.ts";
import { hex } from "../fixtures/find.ts";
import { crashed } from "../fixtures/last-words.ts";
import { wrote } from "../fixtures/log-streams.ts";
import { ohmycoins } from "../fixtures/ohmycoins.ts";
import { play } from "../fixtures/play.ts";
import { currentVersion, pageOf, rollOut, secret, secretValues, taskDefinition, tasksDie } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import { openHistory } from "../src/history.ts";
import { loadReporter, reporterNames } from "../src/reporters.ts";
import { formatSnapshot } from "../src/snapshot.ts";
import type { Progress } from "../src/wait.ts";

const name = "ohmycoins-prod-app-secrets";
const ordinary = ["SMTP_PORT", "SMTP_TLS", "SMTP_SSL"];

/** A string that occurs nowhere else, inside one with a quote, a backslash, a letter beyond ASCII and what a URL escapes. */
const canaryOf = (key: string) => `k${hex(`canary of ${key}`, 31)}`;
const secretOf = (key: string) => `"ä\\${canaryOf(key)}/+ =\n`;

/** Gives every value of every secret, and what a plain environment holds beside them, a canary. What is no secret is left as it is. */
function plant(world: World): readonly string[] {
  const canaries: string[] = [];
  const planted = (key: string) => {
    canaries.push(canaryOf(key));
    return secretOf(key);
  };
  for (const { Name, versions } of world.secretsmanager.secrets) {
    for (const version of versions) {
      const keys = Object.entries(JSON.parse(version.SecretString ?? "{}") as object);
      const values = keys.map(([key, value]) => [key, ordinary.includes(key) ? value : planted(`${Name} ${version.id} ${key}`)]);
      version.SecretString = JSON.stringify(Object.fromEntries(values));
    }
  }
  for (const container of taskDefinition(world, "ohmycoins-prod-backend:2").containerDefinitions ?? [])
    container.environment?.push({ name: "SMTP_PASSWORD", value: planted("plain") }, { name: "API_TOKEN", value: planted("token") });
  return canaries;
}

/** The ways in which an application writes down what it was given. */
const writings: Readonly<Record<string, (value: string) => string>> = {
  "as it is": (value) => value,
  "as JSON": (value) => JSON.stringify({ level: "error", message: value }),
  "as JSON in JSON": (value) => JSON.stringify({ log: JSON.stringify({ message: value }) }),
  "in a URL": (value) => `https://smtp.internal/login?user=${encodeURIComponent(value)}&x=1`,
  "as base64": (value) => Buffer.from(value).toString("base64"),
  "as base64 of user and password": (value) => `trying ${Buffer.from(`apikey:${value}:1`).toString("base64")}`,
  "in colour": (value) => `\u001b[31m${value}\u001b[0m`,
  "cut by its limit": (value) => `${"x".repeat(190)}${value}`,
};

/** The application of the backend dies, and says all that it knows: in its log, and wherever its health is asked. */
const blabbing = (write: (value: string) => string) => (world: World) => {
  const values = world.secretsmanager.secrets.flatMap(({ versions }) =>
    versions
      .filter(({ stages }) => stages.includes("AWSCURRENT"))
      .flatMap(({ SecretString = "{}" }) => Object.values(JSON.parse(SecretString) as object)),
  );
  const plain = taskDefinition(world, "ohmycoins-prod-backend:2").containerDefinitions?.[0]?.environment ?? [];
  const secrets = [...values.map(String), ...plain.filter(({ name }) => /PASSWORD|TOKEN/.test(name ?? "")).map(({ value = "" }) => value)];
  const said = secrets.filter((value) => /k[0-9a-f]{31}/.test(value)).map(write);
  tasksDie(world, "ohmycoins-prod-backend", crashed, 1);
  wrote(world, "ohmycoins-prod-backend", said.slice(-20));
  pageOf(world, "api.ohmycoins.com").answers = said.map((body) => ({ status: 500, body }));
};

/** The ways in which the value of the secret can be none that ECS could use. */
const spoilt: Readonly<Record<string, (world: World) => void>> = {
  "as it should be": () => {},
  "no JSON": (world) => rewrite(world, (text) => `password: ${text}`),
  // Parsers quote the beginning of what they cannot read.
  "one plain string": (world) => rewrite(world, (text) => /k[0-9a-f]{31}/.exec(text)?.[0] ?? ""),
  "JSON that was cut short": (world) => rewrite(world, (text) => text.slice(0, -40)),
  "JSON inside a JSON string": (world) => rewrite(world, (text) => JSON.stringify(text)),
  "JSON behind a byte-order mark": (world) => rewrite(world, (text) => `\uFEFF${text}`),
  "a list": (world) => rewrite(world, (text) => JSON.stringify(Object.values(JSON.parse(text) as object))),
  "objects and lists below its keys": (world) =>
    secretValues(world, name, (values) => {
      for (const key of Object.keys(values)) values[key] = { deeper: [values[key]] };
    }),
  binary(world) {
    const version = currentVersion(secret(world, name));
    version.SecretBinary = Buffer.from(version.SecretString ?? "");
    delete version.SecretString;
  },
};

function rewrite(world: World, change: (text: string) => string): void {
  const version = currentVersion(secret(world, name));
  version.SecretString = change(version.SecretString ?? "");
}

/** Every piece of eight characters of a canary, and pieces of it as base64 from each of three places. */
const pieces = (canary: string): readonly string[] => [
  ...windows(canary, 1),
  ...[0, 1, 2].flatMap((shift) =>
    windows(
      Buffer.from(`${"x".repeat(shift)}${canary}`)
        .toString("base64")
        .slice(4, -4),
      4,
    ),
  ),
];
const windows = (text: string, step: number) =>
  Array.from({ length: Math.ceil((text.length - 7) / step) }, (_, n) => text.slice(n * step, n * step + 8));

const leaks = (text: string, canaries: readonly string[]) =>
  canaries.filter((canary) => pieces(canary).some((piece) => text.includes(piece)));

/** All that leaves a run, by where it goes. */
async function outputsOf(change: (world: World) => void, fault?: FaultDescription) {
  let canaries: readonly string[] = [];
  const progress: Progress[] = [];
  const story = {
    change(world: World) {
      canaries = plant(world);
      change(world);
    },
  };
  const faults = fault ? { "secretsmanager:GetSecretValue": fault } : {};
  const run = await play(story, { wire: true, faults, deadline: 20_000, onProgress: (one) => void progress.push(one) });
  const outputs: Record<string, string> = { snapshot: formatSnapshot(run.snapshot), progress: JSON.stringify(progress) };
  for (const reporter of await reporterNames()) {
    const render = await loadReporter(reporter);
    for (const colour of [true, false])
      outputs[`${reporter}, colour ${colour}`] = await render(run.report, { width: 100, colour, verbose: true }, run.snapshot);
    for (const [variable, append] of Object.entries(render.appends ?? {}))
      outputs[`${reporter}, ${variable}`] = await append(run.report, { width: 100, colour: false, verbose: true }, run.snapshot);
  }
  return { canaries, outputs };
}

const none = (outputs: Readonly<Record<string, string>>, canaries: readonly string[]) =>
  Object.entries(outputs).flatMap(([where, text]) => leaks(text, canaries).map((canary) => `${where}: ${canary}`));

test("a leak would be found: as it is, escaped for JSON or a URL, as base64 of the whole secret, and in part", () => {
  const [canary, value] = [canaryOf("x"), secretOf("x")];
  const whole = JSON.stringify({ a: "b", key: value });
  const leaking = [value, JSON.stringify(whole), encodeURIComponent(whole), Buffer.from(whole).toString("base64"), canary.slice(9, 20)];
  for (const text of leaking) expect(leaks(`see: ${text}!`, [canary]), text).toEqual([canary]);
  expect(leaks(canaryOf("another"), [canary])).toEqual([]);
});

describe.concurrent("no secret value leaves", { timeout: 120_000 }, () => {
  test.each(Object.entries(spoilt))("a run over a secret that is %s", async (_, change) => {
    const { canaries, outputs } = await outputsOf(change);
    expect(canaries.length).toBeGreaterThan(14);
    expect(Object.keys(outputs)).toEqual(expect.arrayContaining(["snapshot", "console, colour true", "json, colour false"]));
    expect(outputs["snapshot"]).toContain(name);
    expect(none(outputs, canaries)).toEqual([]);
  });

  test.each(Object.entries(writings))("a run in which the application writes all of them down %s", async (_, write) => {
    const { canaries, outputs } = await outputsOf(blabbing(write));
    expect(outputs["snapshot"]).toContain("[masked: a value of the secret]");
    expect(outputs["console, colour false"]).toContain("last words of");
    expect(JSON.parse(outputs["snapshot"] ?? "")).toMatchObject({ facts: { endpoints: {}, lastWords: {} } });
    expect(none(outputs, canaries)).toEqual([]);
  });

  test("a run in which it does so only in a later round, when the secret is not read again", async () => {
    let canaries: readonly string[] = [];
    const starting = (world: World) => {
      canaries = plant(world);
      rollOut(world, "ohmycoins-prod-backend", { state: "initial" });
    };
    const { snapshot, report } = await play({ change: starting, later: [blabbing((value) => value)], wait: 30_000 });
    expect(report.waiting).not.toEqual([]);
    const said = formatSnapshot(snapshot);
    expect(said).toContain("[masked: a value of the secret]");
    expect(none({ said, report: JSON.stringify(report) }, canaries)).toEqual([]);
  });

  test("a run that may not read them does not read either what the application wrote", async () => {
    const { canaries, outputs } = await outputsOf(
      (world) => {
        blabbing((value) => value)(world);
        pageOf(world, "api.ohmycoins.com").answers = [{ status: 500, body: "" }];
      },
      { kind: "deny" },
    );
    expect(none(outputs, canaries)).toEqual([]);
  });

  test.each<[string, FaultDescription]>([
    ["cut short", { kind: "truncate" }],
    ["cut short without a sign of it", { kind: "truncate", unnoticed: true }],
    ["cut short once", { kind: "truncate", unnoticed: true, times: 1 }],
    ["reset", { kind: "reset" }],
    ["refused", { kind: "deny" }],
    ["failed by AWS", { kind: "error500" }],
  ])("a run in which reading it is %s", async (_, fault) => {
    for (const change of [spoilt["as it should be"], spoilt["no JSON"]]) {
      const { canaries, outputs } = await outputsOf(change ?? (() => {}), fault);
      expect(none(outputs, canaries)).toEqual([]);
    }
  });

  test.each<[string, string, FaultDescription | undefined]>([
    ["reads it", "as it should be", undefined],
    ["cannot make sense of it", "no JSON", undefined],
    ["gets half of it", "as it should be", { kind: "truncate", unnoticed: true }],
  ])("the command line at full verbosity, where it %s", async (_, state, fault) => {
    const world = ohmycoins();
    const canaries = plant(world);
    spoilt[state]?.(world);
    const { said, files } = await commandLine(world, fault);
    expect(said).toContain("seaworthy");
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining(["snapshot.json", "report.markdown", "report.junit", "summary.md", "history.db"]),
    );
    expect(none({ said, ...files }, canaries)).toEqual([]);
  });
});

/** Runs the gate in a process of its own: what it says, and what it writes. */
async function commandLine(world: World, fault: FaultDescription | undefined) {
  const folder = await mkdtemp(join(tmpdir(), "seaworthy-"));
  const aws = await serve({ world }, { faults: fault ? { "secretsmanager:GetSecretValue": fault } : {} });
  try {
    const { endpoints: _, ...config } = ohmycoinsConfig();
    await writeFile(join(folder, "seaworthy.config.json"), JSON.stringify({ ...config, endpoints: {} }));
    const reporters = (await reporterNames()).flatMap((name) => ["--reporter", name === "console" ? name : `${name}:report.${name}`]);
    const runner = { GITHUB_STEP_SUMMARY: join(folder, "summary.md"), GITHUB_OUTPUT: join(folder, "output.txt") };
    const main = join(import.meta.dirname, "../src/cli/main.ts");
    const args = [main, "gate", "--wait", "0", "--deadline", "10s", "--verbose", "--save-snapshot", "snapshot.json", ...reporters];
    const env = {
      ...process.env,
      AWS_ENDPOINT_URL: aws.url,
      AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "example",
      ...runner,
    };
    const said = await new Promise<string>((resolve) => {
      execFile(process.execPath, args, { cwd: folder, env }, (_, stdout, stderr) => resolve(`${stderr}\n${stdout}`));
    });
    const all = await readdir(folder, { recursive: true, withFileTypes: true });
    const written = all.filter((entry) => entry.isFile() && entry.name !== "seaworthy.config.json");
    const files = await Promise.all(
      written.map(async ({ name, parentPath }) => [name, await readFile(join(parentPath, name), "utf8")] as const),
    );
    const kept = openHistory(join(folder, ".seaworthy/history.db"));
    const reports = kept.runs().map(({ id }) => kept.report(id));
    kept.close();
    return { said, files: { ...Object.fromEntries(files), "history.db": JSON.stringify(reports) } };
  } finally {
    await aws.close();
    await rm(folder, { recursive: true });
  }
}
