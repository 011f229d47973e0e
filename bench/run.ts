// Measures what the promises about speed are about: prints a table and writes reports/bench.json. Nothing is asserted here.
import { execFileSync, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServedCall } from "../fixtures/aws.ts";

const root = join(import.meta.dirname, "..");
const command = join(root, "bin/seaworthy.js");
const latency = 40;
const rounds = Number(process.env["ROUNDS"] ?? 15);

const credentials = {
  AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "example",
  AWS_REGION: "ap-southeast-2",
  AWS_DEFAULT_REGION: "ap-southeast-2",
};
const now = () => performance.timeOrigin + performance.now();
const node = process.execPath;
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

interface Timed {
  readonly started: number;
  readonly ms: number;
  readonly code: number | null;
  readonly peakMb: number;
}

const peak = `data:text/javascript,${encodeURIComponent("import{writeSync}from'node:fs';process.on('exit',()=>writeSync(3,String(process.resourceUsage().maxRSS)))")}`;

async function timed(file: string, args: readonly string[], env: Record<string, string> = {}, measured = false): Promise<Timed> {
  const started = now();
  const options = measured ? { NODE_OPTIONS: `--import ${peak}` } : {};
  const child = spawn(file, args, {
    env: { ...process.env, ...credentials, ...env, ...options },
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  let rss = "";
  child.stdio[3]?.on("data", (data) => {
    rss += data;
  });
  const [code] = (await once(child, "exit")) as [number | null];
  return { started, ms: now() - started, code, peakMb: Number(rss) / 1024 };
}

/** The embedded AWS with one world and so many milliseconds for each call, and a configuration that leads there. */
async function embedded(world: string, ms: number) {
  const child = fork(join(import.meta.dirname, "server.ts"), [world, `${ms}`]);
  const [{ url, application, started, config }] = await once(child, "message");
  const file = join(mkdtempSync(join(tmpdir(), "seaworthy-bench-")), "seaworthy.config.json");
  for (const endpoint of Object.values(config.endpoints) as { url: string }[]) endpoint.url = application + new URL(endpoint.url).pathname;
  writeFileSync(file, JSON.stringify(config));

  const env = { AWS_ENDPOINT_URL: url as string, HEALTH_URL: (config.endpoints["backend-health"] as { url: string }).url };
  return {
    gate: (measured = false) => timed(node, [command, "gate", "--config", file, "--quiet"], env, measured),
    script: () => timed("bash", [join(import.meta.dirname, "with-aws-cli.sh")], env),
    async calls(): Promise<readonly (ServedCall & { arrived: number })[]> {
      child.send("calls");
      const [{ calls }] = (await once(child, "message")) as [{ calls: ServedCall[] }];
      return calls.map((call) => ({ ...call, arrived: started + call.at }));
    },
    stop: () => child.kill(),
  };
}

/** How many calls at the least came one after the other: the longest chain in which each began after the one before had ended. */
function longestChain(calls: readonly ServedCall[]): number {
  let [length, free] = [0, 0];
  for (const { at, ms } of calls.toSorted((a, b) => a.at + a.ms - (b.at + b.ms))) {
    if (at < free) continue;
    length += 1;
    free = at + ms;
  }
  return length;
}

async function several<T>(times: number, one: () => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let n = 0; n < times; n++) all.push(await one());
  return all;
}

function hasAwsCli(): boolean {
  try {
    execFileSync("aws", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

if (!existsSync(join(root, "dist/main.js"))) throw new Error("there is no dist/: run npm run build first");

const bare = await several(rounds, () => timed(node, ["-e", "0"]));
const version = await several(rounds, () => timed(node, [command, "--version"]));

// With slow calls, what waits for what shows clearly.
const slow = await embedded("healthy", 400);
await slow.gate();
const chain = longestChain(await slow.calls());
slow.stop();

const aws = await embedded("healthy", latency);
await aws.gate();
await aws.calls();
const gates = await several(rounds, async () => {
  const base = await timed(node, ["-e", "0"]);
  const gate = await aws.gate();
  const calls = await aws.calls();
  if (gate.code !== 0) throw new Error(`the gate on the healthy world ended with ${gate.code}`);
  const first = Math.min(...calls.map(({ arrived }) => arrived)) - gate.started;
  return { ms: gate.ms, ratio: gate.ms / (chain * latency + base.ms), first: first - base.ms, calls: calls.length };
});
const memory = await aws.gate(true);
const scripts = hasAwsCli() ? await several(Math.min(rounds, 3), () => aws.script()) : [];
if (scripts.some(({ code }) => code !== 0)) throw new Error("the shell script did not find the healthy world ready");
aws.stop();

const broken = await embedded("secret-without-value", latency);
await broken.gate();
const terminal = await several(rounds, () => broken.gate());
broken.stop();

const ms = (value: number) => `${value.toFixed(0)} ms`;
const middle = (values: readonly { ms: number }[]) => median(values.map((value) => value.ms));
const gate = middle(gates);
const rows = [
  { what: "bare node -e 0", figure: ms(middle(bare)), "to reach": "" },
  { what: "seaworthy --version", figure: ms(middle(version)), "to reach": "" },
  { what: "first AWS request, after bare Node", figure: ms(median(gates.map(({ first }) => first))), "to reach": "150 ms" },
  { what: `longest chain of calls (${chain} × ${latency} ms) + bare Node`, figure: ms(chain * latency + middle(bare)), "to reach": "" },
  { what: "whole gate on the healthy world", figure: ms(gate), "to reach": "" },
  { what: "whole gate / that limit", figure: median(gates.map(({ ratio }) => ratio)).toFixed(2), "to reach": "1.30" },
  { what: "AWS calls", figure: `${gates[0]?.calls}`, "to reach": "75" },
  { what: "peak memory", figure: `${memory.peakMb.toFixed(0)} MB`, "to reach": "150 MB" },
  { what: "NO-GO on a terminal failure", figure: ms(middle(terminal)), "to reach": "" },
  ...(scripts.length > 0
    ? [
        {
          what: "a shell script with the aws CLI",
          figure: `${ms(middle(scripts))} (${(middle(scripts) / gate).toFixed(1)} ×)`,
          "to reach": "",
        },
      ]
    : []),
];
console.table(rows);
mkdirSync(join(root, "reports"), { recursive: true });
writeFileSync(join(root, "reports/bench.json"), `${JSON.stringify({ node: process.version, latency, rounds, rows }, null, 2)}\n`);
