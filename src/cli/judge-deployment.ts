import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import type { Scene } from "../check.ts";
import { loadChecks } from "../discover.ts";
import { asInferred } from "../infer.ts";
import { Mistake } from "../mistake.ts";
import type { SnapshotFile } from "../snapshot.ts";
import { conduct } from "./conduct.ts";
import { type Configuration, configure } from "./configuration.ts";
import { meantBy } from "./meant.ts";
import type { Options } from "./options.ts";
import { originOf } from "./origin.ts";
import { say } from "./output.ts";
import { waiverWarnings } from "./trouble.ts";

/** Judges the deployment that the command line means, live or off a snapshot, and gives the exit code. */
export async function judgeDeployment(scene: Scene, options: Options, wait: string): Promise<number> {
  if (options.failOn !== undefined)
    throw new Mistake(
      "--fail-on is not there yet: this version keeps no history to tell what is new",
      "Leave it out; waivers accept what is known",
    );
  const checks = await loadChecks();
  const ids = checks.map(({ id }) => id);
  const snapshot = options.snapshot === undefined ? undefined : await readSnapshot(options.snapshot);
  const { config, file, lines } = await configurationOf(options, ids, snapshot);
  const shown = file === undefined ? undefined : relative(process.cwd(), file) || file;
  const access = { region: config.region, profile: options.profile, endpoint: options.endpointUrl };
  const title = `${config.deployment}, ${scene}${shown === undefined ? "" : `, as ${shown} says`}`;
  const { report, exitCode } = await conduct({
    scene,
    config,
    checks,
    options,
    wait,
    title,
    access,
    snapshot,
    meant: meantBy(options, file),
    origin: originOf(process.env, shown === undefined ? null : { file: shown, lines }, process.cwd()),
  });
  for (const warning of waiverWarnings(config, report)) say(`warning: ${warning}`);
  return exitCode;
}

/** The configuration of a live run; of a snapshot its own, unless another one is named, which then keeps what was inferred. */
export async function configurationOf(options: Options, checkIds: readonly string[], snapshot?: SnapshotFile): Promise<Configuration> {
  const surroundings = { directory: process.cwd(), environment: process.env, checkIds };
  if (snapshot && options.config === undefined) return { config: snapshot.config, file: undefined, lines: {} };
  const { config, file, lines } = await configure(options, surroundings);
  if (file && config.checks !== undefined && existsSync(resolve(dirname(file), config.checks)))
    say(`warning: ${config.checks} is not asked: this version has no checks of one's own yet`);
  return { config: snapshot ? asInferred(config, snapshot.config) : config, file, lines };
}

async function readSnapshot(file: string): Promise<SnapshotFile> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Mistake(`${file} cannot be read: ${error.code}`, "Take a snapshot: seaworthy gather -o snapshot.json");
  });
  const { parseSnapshot } = await import("../snapshot.ts");
  return parseSnapshot(text, file);
}
