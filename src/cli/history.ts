import { Mistake } from "../mistake.ts";
import { type Report, reportSchema } from "../report.ts";
import { loadReporter } from "../reporters.ts";
import type { SnapshotFile } from "../snapshot.ts";
import { coloured, deliver } from "./deliver.ts";
import { type HistoryPlace, historyPlace, runCalled } from "./history-place.ts";
import { historyJson, historyTable } from "./history-table.ts";
import type { Options } from "./options.ts";
import { print } from "./output.ts";
import { meant, outletsOf } from "./settings.ts";
import { toldRuns } from "./told-runs.ts";

/** What the command line says of the history. */
export interface HistoryOptions extends Options {
  readonly limit?: string;
}

const formats = { console: historyTable, json: historyJson } as const;

/** Prints the latest runs and their trend, for people or as JSON; of one run its report, through any reporter. */
export async function history(run: string | undefined, options: HistoryOptions): Promise<number> {
  const { limit = "20", reporter = ["console"] } = options;
  if (!/^[1-9]\d{0,5}$/.test(limit)) throw new Mistake(`--limit ${limit} is no number of runs`, "Write --limit 20");
  if (run !== undefined) return show(run, await historyPlace(options), options);
  const format = Object.entries(formats).find(([name]) => name === reporter.join());
  if (!format) throw new Mistake(`The history cannot be told as "${reporter.join()}"`, meant(reporter.join(), Object.keys(formats)));
  const place = await historyPlace(options);
  const runs = place.history ? toldRuns(place.history, place.whose, Number(limit)) : [];
  place.history?.close();
  await print(format[1](runs, { file: place.file, ...terminal(options) }));
  return 0;
}

/** How wide and how coloured a table is that goes to stdout. */
export const terminal = (options: Options) => ({
  width: Math.min(process.stdout.columns ?? 100, 100),
  colour: coloured(process.stdout, options),
});

async function show(word: string, place: HistoryPlace, options: HistoryOptions): Promise<number> {
  const { id } = runCalled(word, place);
  const text = place.history?.report(id) ?? "";
  place.history?.close();
  const outlets = await outletsOf(options, {});
  for (const { name } of outlets)
    if ((await loadReporter(name)).length > 2)
      throw new Mistake(
        `The ${name} report needs all readings of the run, and the history keeps none`,
        "Keep them as well: --save-snapshot FILE",
      );
  const parsed = reportSchema.safeParse(JSON.parse(text));
  if (!parsed.success)
    throw new Mistake(
      `Run ${id} was kept by another version of seaworthy, and cannot be shown`,
      `It can be compared: seaworthy diff ${id} last`,
    );
  // Nobody looks into it: that has just been made sure of.
  const nothing: Partial<SnapshotFile> = {};
  return (await deliver(outlets, parsed.data satisfies Report, nothing as SnapshotFile, options)) ? 0 : 2;
}
