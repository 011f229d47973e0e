import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import type { Scene } from "../check.ts";
import type { Config } from "../config.ts";
import { loadChecks } from "../discover.ts";
import { asInferred } from "../infer.ts";
import { Mistake } from "../mistake.ts";
import type { SnapshotFile } from "../snapshot.ts";
import { conduct } from "./conduct.ts";
import { type Configuration, configure } from "./configuration.ts";
import { checkFailOn, historyFile } from "./history-file.ts";
import { meantBy } from "./meant.ts";
import type { Options } from "./options.ts";
import { originOf } from "./origin.ts";
import { say } from "./output.ts";
import { withOwn } from "./own-checks.ts";
import { waiverWarnings } from "./trouble.ts";

/** Judges the deployment that the command line means, live or off a snapshot, and gives the exit code. `usual` are the reports where none is named. */
export async function judgeDeployment(
  scene: Scene,
  options: Options,
  wait: string,
  usual: (config: Config) => readonly string[] = () => [],
): Promise<number> {
  const builtIn = await loadChecks();
  const ids = builtIn.map(({ id }) => id);
  const snapshot = options.snapshot === undefined ? undefined : await readSnapshot(options.snapshot);
  const { config, file, lines } = await configurationOf(options, ids, snapshot);
  checkFailOn(options, config);
  const shown = file === undefined ? undefined : relative(process.cwd(), file) || file;
  const checks = await withOwn(builtIn, { config, file });
  const access = { region: config.region, profile: options.profile, endpoint: options.endpointUrl };
  const title = `${config.deployment}, ${scene}${shown === undefined ? "" : `, as ${shown} says`}`;
  const { report, exitCode } = await conduct({
    scene,
    config,
    checks,
    options: { ...options, reporter: options.reporter ?? usual(config) },
    wait,
    title,
    access,
    snapshot,
    history: snapshot ? undefined : historyFile(config, file, process.cwd()),
    meant: meantBy(options, file),
    origin: originOf(process.env, shown === undefined ? null : { file: shown, lines }, process.cwd()),
  });
  for (const warning of waiverWarnings(report)) say(`warning: ${warning}`);
  return exitCode;
}

/** The configuration of a live run; of a snapshot its own, unless another one is named, which then keeps what was inferred. */
export async function configurationOf(options: Options, checkIds: readonly string[], snapshot?: SnapshotFile): Promise<Configuration> {
  const surroundings = { directory: process.cwd(), environment: process.env, checkIds };
  if (snapshot && options.config === undefined) return { config: snapshot.config, file: undefined, lines: {} };
  const { config, file, lines } = await configure(options, surroundings);
  return { config: snapshot ? asInferred(config, snapshot.config) : config, file, lines };
}

async function readSnapshot(file: string): Promise<SnapshotFile> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Mistake(`${file} cannot be read: ${error.code}`, "Take a snapshot: seaworthy gather -o snapshot.json");
  });
  const { parseSnapshot } = await import("../snapshot.ts");
  return parseSnapshot(text, file);
}
