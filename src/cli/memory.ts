import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { sinceOf } from "../changes.ts";
import { type History, type KeptRun, openHistory } from "../history.ts";
import type { Report } from "../report.ts";
import { type EarlierReport, parseReport } from "../report-file.ts";
import { makeFolder, say } from "./output.ts";

/** What is known of earlier runs. It never throws: what is wrong with the history is said once, and no verdict hangs on it. */
export interface Memory {
  /** What changed since the last GO; of a sign-off without any, since the last sign-off. */
  readonly since: (report: Report) => Promise<Report["since"]>;
  /** The run before, whatever it came to; one that failed by its regressions is none, or a second try would let them through. */
  readonly before: (report: Report) => Promise<{ readonly run: KeptRun; readonly report: EarlierReport } | undefined>;
  readonly keep: (report: Report, regressed: boolean) => Promise<void>;
}

/** The memory in a file, which need not be there yet. */
export async function memoryIn(file: string): Promise<Memory> {
  // Looked for once: a run beside this one may make it meanwhile.
  const isThere = existsSync(file);
  const opened = isThere ? await attempt("neither compared nor kept", () => openHistory(file)) : undefined;
  const read = (runOf: (history: History) => KeptRun | undefined) =>
    attempt("compared with none before", () => {
      const run = opened && runOf(opened);
      return run && { run, report: parseReport(opened.report(run.id) ?? "", `run ${run.id} in ${file}`) };
    });
  return {
    async since(report) {
      const found = await read((history) => {
        const runs = comparable(history, report);
        return widest(runs, report, "GO") ?? (report.scene === "sign-off" ? widest(runs, report) : undefined);
      });
      return found ? sinceOf(found.report, report) : null;
    },
    before: (report) =>
      read((history) => {
        const runs = comparable(history, report);
        return widest(
          runs.filter(({ regressed }) => !regressed),
          report,
        );
      }),
    async keep(report, regressed) {
      if (isThere && !opened) return;
      await attempt("not kept", async () => {
        const history = opened ?? openHistory(await housed(file));
        history.keep(report, regressed);
        history.close();
      });
    },
  };
}

async function attempt<T>(what: string, work: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    say(`warning: this run is ${what}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** Earlier runs of the same deployment in the same scene. One that was cut off, or of an account that nobody knows, is like no other. */
function comparable(history: History, { deployment: { name, ...place }, scene }: Report): readonly KeptRun[] {
  if (place.account === null) return [];
  return history.runs({ deployment: name, ...place, scene }).filter(({ interrupted }) => !interrupted);
}

/** The last run, and rather one that asked all that is asked now. */
function widest(runs: readonly KeptRun[], { notAsked }: Report, verdict?: KeptRun["verdict"]): KeptRun | undefined {
  const fitting = runs.filter((run) => verdict === undefined || run.verdict === verdict);
  return fitting.find((run) => run.notAsked.every((id) => notAsked.includes(id))) ?? fitting[0];
}

/** The file, whose folder is made as needed. One of our own is kept out of everybody's repository. */
async function housed(file: string): Promise<string> {
  const folder = dirname(file);
  if (existsSync(folder)) return file;
  await makeFolder(folder);
  if (basename(folder) === ".seaworthy") await writeFile(resolve(folder, ".gitignore"), "*\n");
  return file;
}
