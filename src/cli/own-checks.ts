import { dirname, resolve } from "node:path";
import type { NamedCheck } from "../check.ts";
import { loadChecks } from "../discover.ts";
import { Mistake } from "../mistake.ts";
import { type Configuration, nearestFile, statedFolder } from "./configuration.ts";

/** The built-in checks and those of the configuration's own folder, in countdown order. */
export async function withOwn(
  builtIn: readonly NamedCheck[],
  { config, file }: Pick<Configuration, "config" | "file">,
): Promise<readonly NamedCheck[]> {
  if (config.checks === undefined) return builtIn;
  // A snapshot tells what its checks' folder is called, and must not tell whose code is run: a configuration of this place does.
  const from = file ?? (await nearestFile(process.cwd()));
  const folder = from === undefined ? undefined : resolve(dirname(from), config.checks);
  if (from === undefined || folder === undefined || (file === undefined && (await statedFolder(from, process.env)) !== folder))
    throw new Mistake(
      `The snapshot was taken with checks of one's own, and does not hold them: ${config.checks}`,
      "Name the configuration that does: --config FILE",
    );
  return merged(builtIn, folder);
}

/** The countdown of the configuration that is named, or of the nearest one; all else that it says is left unread. */
export async function countdownNear(config: string | undefined): Promise<readonly NamedCheck[]> {
  const builtIn = await loadChecks();
  const file = config === undefined ? await nearestFile(process.cwd()) : resolve(config);
  const folder = file === undefined ? undefined : await statedFolder(file, process.env);
  return folder === undefined ? builtIn : merged(builtIn, folder);
}

async function merged(builtIn: readonly NamedCheck[], folder: string): Promise<readonly NamedCheck[]> {
  const { loadOwnChecks } = await import("../own-checks.ts");
  return [...builtIn, ...(await loadOwnChecks(folder, builtIn))].sort((a, b) => a.order - b.order);
}
