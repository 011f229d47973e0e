import { complete } from "../config.ts";
import { loadChecks } from "../discover.ts";
import { Mistake, nearest } from "../mistake.ts";
import { paintFor } from "../reporters/text/paint.ts";
import { wrap } from "../reporters/text/wrap.ts";
import { type Conducted, conduct } from "./conduct.ts";
import { coloured } from "./deliver.ts";
import { loadEmbedded } from "./embedded.ts";
import type { Options } from "./options.ts";
import { print, say } from "./output.ts";

interface DemoOptions extends Options {
  readonly list?: boolean;
  readonly exitCode?: boolean;
}

type Embedded = Awaited<ReturnType<typeof loadEmbedded>>;
type World = Awaited<ReturnType<Embedded["loadWorlds"]>>[number];
type Served = Awaited<ReturnType<Embedded["serveWorld"]>>;

/** Runs the real job on a world of the embedded AWS. Ends with 0 when it says what must be said of that world. */
export async function demo(name: string, options: DemoOptions): Promise<number> {
  const embedded = await loadEmbedded();
  const worlds = await embedded.loadWorlds();
  if (options.list) return list(worlds);
  const names = worlds.map((one) => one.name);
  const world = worlds.find((one) => one.name === name);
  if (world) return show(world, options, embedded);
  const near = nearest(name, names);
  throw new Mistake(`There is no world "${name}"`, `${near ? `Did you mean ${near}? ` : ""}All of them: seaworthy demo --list`);
}

async function list(worlds: readonly World[]): Promise<number> {
  const width = Math.max(...worlds.map(({ name }) => name.length));
  const columns = process.stdout.columns ?? 120;
  const lines = worlds.flatMap(({ name, title, says }) => wrap(title, columns, `${name.padEnd(width)}  ${says.verdict.padEnd(5)}  `));
  await print(`${lines.join("\n")}\n`);
  return 0;
}

async function show(world: World, options: DemoOptions, { serveWorld, differences }: Embedded): Promise<number> {
  const { report, exitCode } = await conducted(world, options, await serveWorld(world));
  const wrong = report.interrupted ? [] : differences(report, world.says);
  for (const line of wrong) say(`demo: ${line}`);
  if (!options.quiet) afterwords(world, options);
  if (options.exitCode || report.interrupted || exitCode === 2) return exitCode;
  return wrong.length > 0 ? 1 : 0;
}

async function conducted({ name, scene, title, wait }: World, options: DemoOptions, served: Served): Promise<Conducted> {
  const { config, endpoint, credentials, door, now: clock } = served;
  try {
    return await conduct({
      ...{ scene, config: complete(config), checks: await loadChecks(), options, title: `${name}: ${title}` },
      ...{ access: { region: config.region, endpoint, credentials }, door, clock, rehearsal: true, pace: 200, wait: `${wait}ms` },
      onProgress(progress) {
        if (progress.type === "asking") served.enter(progress.round);
      },
    });
  } finally {
    await served.close();
  }
}

function afterwords({ name, title }: World, options: Options): void {
  const text = `This was ${name} on an embedded AWS: ${title} On a cluster of yours: seaworthy gate --cluster NAME`;
  const paint = paintFor(coloured(process.stderr, options));
  for (const line of wrap(text, process.stderr.columns ?? 120)) say(paint("dim", line));
}
