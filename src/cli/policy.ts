import { complete, inferable } from "../config.ts";
import { factsOf, plan } from "../countdown.ts";
import { loadChecks, loadSections } from "../discover.ts";
import { withNeeds } from "../gather.ts";
import { stages } from "../infer.ts";
import { statementsOf } from "../least-policy.ts";
import { Mistake } from "../mistake.ts";
import { type Configuration, configure, nearestFile } from "./configuration.ts";
import { everywhere } from "./gather.ts";
import type { Options } from "./options.ts";
import { print, say } from "./output.ts";
import { withOwn } from "./own-checks.ts";
import { checkWords } from "./settings.ts";

/** Prints the least policy under which the chosen checks can be asked, in every scene. */
export async function policy(options: Options): Promise<number> {
  const builtIn = await loadChecks();
  const { config, file } = await configurationOf(
    options,
    builtIn.map(({ id }) => id),
  );
  const checks = await withOwn(builtIn, { config, file });
  const { only = [], skip = [] } = options;
  checkWords([...only, ...skip], checks);
  const countdown = plan(everywhere(checks), { scene: "post-deploy", severity: {}, only, skip });
  if (countdown.checks.length === 0) throw new Mistake("No check matched: nothing would be asked", "See which there are: seaworthy list");

  const facts = withNeeds([...factsOf(countdown.checks), ...stages(config, await loadSections()).flat()]);
  await print(`${JSON.stringify({ Version: "2012-10-17", Statement: statementsOf(facts, config) }, null, 2)}\n`);
  say("It is narrowed to what the configuration names: add what else task definitions and alarms refer to, such as further secrets.");
  return 0;
}

/** The configuration where there is one; else one of which everything is inferred. */
async function configurationOf(options: Options, checkIds: readonly string[]): Promise<Pick<Configuration, "config" | "file">> {
  const directory = process.cwd();
  const named = options.config ?? options.cluster ?? (await nearestFile(directory));
  const anything = complete({ deployment: "any", cluster: "*", services: {} });
  if (named === undefined) return { config: { ...anything, inferred: inferable }, file: undefined };
  return configure(options, { directory, environment: process.env, checkIds });
}
