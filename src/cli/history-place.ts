import { existsSync } from "node:fs";
import { loadChecks } from "../discover.ts";
import { type History, type KeptRun, openHistory, type Wanted } from "../history.ts";
import { Mistake } from "../mistake.ts";
import { configure, nearestFile } from "./configuration.ts";
import { historyFile } from "./history-file.ts";
import type { Options } from "./options.ts";

/** The history that a command means, and whose runs of it. */
export interface HistoryPlace {
  readonly file: string;
  /** None, where nothing has been kept yet. */
  readonly history: History | undefined;
  readonly whose: Wanted;
}

/** The history of the configuration or the cluster that is meant; of all deployments where there is neither. */
export async function historyPlace(options: Pick<Options, "config" | "cluster">): Promise<HistoryPlace> {
  const directory = process.cwd();
  const named = options.config ?? options.cluster ?? (await nearestFile(directory));
  if (named === undefined) return placeIn(historyFile({}, undefined, directory), {});
  const checkIds = (await loadChecks()).map(({ id }) => id);
  const { config, file } = await configure(options, { directory, environment: process.env, checkIds });
  const { deployment, cluster, account } = config;
  return placeIn(historyFile(config, file, directory), { deployment, cluster, ...(account !== undefined && { account }) });
}

function placeIn(file: string | undefined, whose: Wanted): HistoryPlace {
  if (file === undefined)
    throw new Mistake("The configuration keeps no history", "Take history: false out of it, and runs are kept from then on");
  return { file, history: existsSync(file) ? openHistory(file) : undefined, whose };
}

/** The run that a word means: its number, or `last` or `last-go` of the deployment, in a scene where one is given. Throws a Mistake where there is none. */
export function runCalled(word: string, { file, history, whose }: HistoryPlace, scene?: KeptRun["scene"]): KeptRun {
  const isLast = word === "last" || word === "last-go";
  const runs = history?.runs(isLast ? { ...whose, ...(scene && { scene }) } : {}) ?? [];
  const found = runs.find(({ id, verdict }) => word === "last" || (word === "last-go" ? verdict === "GO" : `${id}` === word));
  if (found) return found;
  const what = word === "last" ? "no run" : word === "last-go" ? "no GO" : `no run ${word}`;
  throw new Mistake(`There is ${what}${scene && isLast ? ` of a ${scene}` : ""} in ${file}`, "See which there are: seaworthy history");
}
