import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Configuration, configure, nearestFile } from "../cli/configuration.ts";
import type { Config } from "../config.ts";
import { Mistake } from "../mistake.ts";
import type { Hook } from "./hook.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** What is wanted of the configuration, and where to look for it. */
export interface Wanted {
  /** The file that the hook names, from the root of the bundle. */
  readonly file: string | undefined;
  /** The endpoints that are asked at this hook, by name; undefined where it does not say. */
  readonly endpoints: readonly string[] | undefined;
  readonly environment: Environment;
  readonly checkIds: readonly string[];
}

/**
 * What is said of the service that is deployed: by SEAWORTHY_CONFIGURATION, which is YAML; by the file that the hook or SEAWORTHY_CONFIG names;
 * by the bundle's own seaworthy.config file; else all is inferred. Throws a Mistake where it is wrong, or about another deployment.
 */
export async function configurationFor(hook: Hook, { file, endpoints, environment, checkIds }: Wanted): Promise<Configuration> {
  const folder = environment["LAMBDA_TASK_ROOT"] ?? process.cwd();
  const named = file ?? environment["SEAWORTHY_CONFIG"];
  const text = file === undefined ? environment["SEAWORTHY_CONFIGURATION"] : undefined;
  const found = named ? resolve(folder, named) : await nearestFile(folder);
  const [directory, config] = text ? [tmpdir(), await written(text)] : [folder, found];
  const surroundings = { directory, environment: { ...environment, AWS_REGION: hook.region }, checkIds };
  const wanted = config === undefined ? { cluster: hook.cluster } : { config };

  const configuration = await configure({ ...wanted, service: [hook.service] }, surroundings);
  for (const [what, stated, meant] of [
    ["cluster", configuration.config.cluster.split("/").at(-1), hook.cluster],
    ["region", configuration.config.region, hook.region],
  ] as const)
    if (stated !== meant)
      throw new Mistake(
        `The configuration is of the ${what} ${stated}, and the deployment is in ${meant}`,
        "Give this hook the configuration of its own deployment",
      );
  const strange = endpoints?.find((name) => !Object.hasOwn(configuration.config.endpoints, name));
  if (strange !== undefined) throw new Mistake(`There is no endpoint "${strange}" in the configuration`, "Name those that it has, or none");
  return { ...configuration, config: narrowed(configuration.config, hook, endpoints) };
}

/** Under the name of its variable, which is what a mistake in it is told by. */
async function written(text: string): Promise<string> {
  const file = join(tmpdir(), "SEAWORTHY_CONFIGURATION");
  await writeFile(file, text);
  return file;
}

/**
 * Without what is stated to be another service's, which may be deployed just now as well and is no reason to roll this one back; and, unless the
 * hook names them, without the endpoints until users are sent to the new tasks: until then those before answer there, or nobody does.
 */
function narrowed(config: Config, { service, account, served }: Hook, endpoints: readonly string[] | undefined): Config {
  const isAsked = (name: string, of = service) => endpoints?.includes(name) ?? (served && of === service);
  const asked = Object.entries(config.endpoints).filter(([name, endpoint]) => isAsked(name, endpoint.service));
  const secrets = Object.entries(config.secrets).filter(([, { injectedInto }]) => injectedInto?.includes(service) ?? true);
  const inferred = served ? config.inferred : config.inferred.filter((section) => section !== "endpoints");
  const only = { endpoints: Object.fromEntries(asked), secrets: Object.fromEntries(secrets) };
  return { ...config, ...only, inferred, account: config.account ?? account };
}
