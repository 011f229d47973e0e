import { dirname, resolve } from "node:path";
import type { Config } from "../config.ts";
import { Mistake } from "../mistake.ts";
import type { Options } from "./options.ts";

/** Where the runs of a configuration are kept; nowhere, where it says so. */
export function historyFile({ history }: Pick<Config, "history">, file: string | undefined, directory: string): string | undefined {
  if (history === false) return undefined;
  return resolve(file === undefined ? directory : dirname(file), history ?? ".seaworthy/history.db");
}

/** Refuses what --fail-on cannot be, and what it cannot be said with. */
export function checkFailOn({ failOn, snapshot }: Options, { history }: Pick<Config, "history">): void {
  if (failOn === undefined) return;
  if (failOn !== "new")
    throw new Mistake(`--fail-on ${failOn} is not understood`, "Write --fail-on new; a run fails on everything without it");
  if (snapshot !== undefined)
    throw new Mistake(
      "--fail-on new compares a live run with the one before, and a snapshot is neither",
      "Compare the reports: seaworthy diff A.json B.json",
    );
  if (history === false)
    throw new Mistake("--fail-on new needs the history, and the configuration keeps none", "Take history: false out of it");
}
