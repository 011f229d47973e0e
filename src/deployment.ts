import type { Scene } from "./check.ts";
import { ask } from "./cli/ask.ts";
import { conditionsOf } from "./cli/conditions.ts";
import { configure } from "./cli/configuration.ts";
import type { Options } from "./cli/options.ts";
import { originOf } from "./cli/origin.ts";
import { withOwn } from "./cli/own-checks.ts";
import { loadChecks } from "./discover.ts";
import type { Report } from "./report.ts";

type Words =
  | "config"
  | "cluster"
  | "service"
  | "only"
  | "skip"
  | "wait"
  | "deadline"
  | "strict"
  | "region"
  | "profile"
  | "endpointUrl"
  | "quiet";

/** Which deployment is judged, and how: what the command line says, in the same words. */
export type Deployment = { readonly [W in Words]?: Options[W] | undefined } & {
  /** post-deploy, unless stated. */
  readonly scene?: Scene;
};

/** Judges a deployment as the commands do, and gives the report. Rejects with a Mistake where they would end with exit code 2. */
export async function judgeDeployment({ scene = "post-deploy", ...stated }: Deployment = {}, signal?: AbortSignal): Promise<Report> {
  const options = Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined)) as Options;
  const [directory, environment] = [process.cwd(), process.env];
  const builtIn = await loadChecks();
  const { config, file, lines } = await configure(options, { directory, environment, checkIds: builtIn.map(({ id }) => id) });
  const checks = await withOwn(builtIn, { config, file });
  const origin = await originOf(environment, file === undefined ? null : { file, lines }, directory);
  const access = { region: config.region, profile: options.profile, endpoint: options.endpointUrl };
  const wait = scene === "post-deploy" ? "10m" : "0";
  const title = `${config.deployment}, ${scene}`;
  const conditions = conditionsOf({ ...{ scene, config, checks, options, wait, title, access }, origin });
  return (await ask(conditions, signal ?? new AbortController().signal)).report;
}
