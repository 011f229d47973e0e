import { styleText } from "node:util";
import { loadReporter } from "../discover.ts";
import type { Report } from "../report.ts";
import type { SnapshotFile } from "../snapshot.ts";
import type { Options } from "./options.ts";
import { print, say, writeWhole } from "./output.ts";
import type { Outlet } from "./settings.ts";

/** Writes every report, and the snapshot where one is wanted. Whether all could be written: what could not is said, the rest is written all the same. */
export async function deliver(outlets: readonly Outlet[], report: Report, snapshot: SnapshotFile, options: Options): Promise<boolean> {
  const { saveSnapshot, verbose = false } = options;
  const save = async (file: string) => writeWhole(file, (await import("../snapshot.ts")).formatSnapshot(snapshot));
  const keep = saveSnapshot === undefined ? [] : [attempt("snapshot", saveSnapshot, () => save(saveSnapshot))];
  const reports = outlets.map(({ name, path }) =>
    attempt(`${name} report`, path ?? "stdout", async () => {
      const terminal = { width: process.stdout.columns ?? 100, colour: coloured(process.stdout, options), verbose };
      const text = await (await loadReporter(name))(
        report,
        path === undefined ? terminal : { width: 100, colour: false, verbose },
        snapshot,
      );
      await (path === undefined ? print(text) : writeWhole(path, text));
    }),
  );
  return (await Promise.all([...keep, ...reports])).every((done) => done);
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
