import { relative } from "node:path";
import type { NamedCheck } from "../check.ts";
import { loadChecks } from "../discover.ts";
import { Mistake } from "../mistake.ts";
import { formatSnapshot } from "../snapshot.ts";
import { ask } from "./ask.ts";
import { conditionsOf } from "./conditions.ts";
import { configurationOf } from "./judge-deployment.ts";
import type { Options } from "./options.ts";
import { say, writeWhole } from "./output.ts";
import { withOwn } from "./own-checks.ts";
import { interruptible } from "./signals.ts";
import { troubleOf, unreadLines } from "./trouble.ts";

/** Reads all facts of all checks and writes them down; what could not be read is said, and is in the snapshot as such. */
export async function gather(options: Options & { readonly output: string }): Promise<number> {
  const builtIn = await loadChecks();
  const { config, file } = await configurationOf(
    options,
    builtIn.map(({ id }) => id),
  );
  const checks = everywhere(await withOwn(builtIn, { config, file }));
  const title = `${config.deployment}, facts only${file ? `, as ${relative(process.cwd(), file) || file} says` : ""}`;
  const access = { region: config.region, profile: options.profile, endpoint: options.endpointUrl };
  const conditions = conditionsOf({ scene: "post-deploy", config, checks, options, wait: "0", title, access, factsOnly: true });
  const { signal, release } = interruptible();
  const { report, snapshot } = await ask(conditions, signal);

  await writeWhole(options.output, formatSnapshot(snapshot)).catch((error: NodeJS.ErrnoException) => {
    throw new Mistake(
      `The snapshot could not be written to ${options.output}: ${error.message}`,
      "Name a file that can be: -o snapshot.json",
    );
  });
  release();
  for (const line of unreadLines(report)) say(line);
  const trouble = troubleOf(report, options.endpointUrl);
  if (trouble) say(trouble);
  return report.interrupted ? report.exitCode : 0;
}

/** The checks as if each were asked in every scene, so that no fact is left out. */
export const everywhere = (checks: readonly NamedCheck[]): readonly NamedCheck[] =>
  checks.map((check) => ({ ...check, severity: "advice" }));
