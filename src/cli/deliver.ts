import { appendFile, stat } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { styleText } from "node:util";
import type { Report } from "../report.ts";
import type { Place, Render } from "../reporter.ts";
import { loadReporter } from "../reporters.ts";
import type { SnapshotFile } from "../snapshot.ts";
import type { Options } from "./options.ts";
import { print, say, writeWhole } from "./output.ts";
import type { Outlet } from "./settings.ts";

/**
 * Writes every report, the snapshot where one is wanted, and then what reporters have for the files of a pipeline. Whether all that was
 * asked for could be written: what could not is said, the rest is written all the same.
 */
export async function deliver(outlets: readonly Outlet[], report: Report, snapshot: SnapshotFile, options: Options): Promise<boolean> {
  const { saveSnapshot, verbose = false } = options;
  const plain: Place = { width: 100, colour: false, verbose, folder: folder() };
  const told = async (render: Render, place: Partial<Place> = {}) => render(report, { ...plain, ...place }, snapshot);

  const keep = async (file: string) => writeWhole(file, (await import("../snapshot.ts")).formatSnapshot(snapshot));
  const saved = saveSnapshot === undefined ? true : attempt("snapshot", saveSnapshot, () => keep(saveSnapshot));
  const write = async ({ name, path, byItself }: Outlet) => {
    const render = await loadReporter(name);
    if (path !== undefined) return writeWhole(path, await told(render));
    const stream = byItself ? process.stderr : process.stdout;
    return print(await told(render, { width: stream.columns ?? 100, colour: coloured(stream, options) }), stream);
  };
  const done = await Promise.all(outlets.map((outlet) => attempt(`${outlet.name} report`, whereOf(outlet), () => write(outlet))));

  const files = outlets.flatMap(({ path }, n) => (path !== undefined && done[n] ? [resolve(path)] : []));
  for (const name of new Set(outlets.map((outlet) => outlet.name))) {
    for (const [variable, render] of Object.entries((await loadReporter(name)).appends ?? {})) {
      const file = process.env[variable];
      if (file)
        await attempt(`${name} report`, `${file} (${variable})`, async () => append(file, (taken) => told(render, { files, taken })));
    }
  }
  return (await saved) && outlets.every(({ byItself }, n) => byItself || done[n]);
}

const whereOf = ({ path, byItself }: Outlet) => path ?? (byItself ? "stderr" : "stdout");

async function append(file: string, text: (taken: number) => Promise<string>): Promise<void> {
  const there = await stat(file).catch(() => ({ size: 0 }));
  await appendFile(file, await text(there.size));
}

/** Where this runs within the repository that a runner has checked out: there its pages look for files. */
function folder(): string {
  const { GITHUB_WORKSPACE } = process.env;
  const within = GITHUB_WORKSPACE ? relative(GITHUB_WORKSPACE, process.cwd()) : "";
  return within.startsWith("..") ? "" : within;
}

async function attempt(what: string, where: string, write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    say(`seaworthy: the ${what} could not be written to ${where}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

/** Whether text on this stream is coloured: by the terminal, NO_COLOR, FORCE_COLOR and --no-color. */
export function coloured(stream: NodeJS.WriteStream, { color = true }: Options): boolean {
  return color && styleText("bold", "x", { stream }) !== "x";
}
