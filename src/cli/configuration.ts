import { access, readFile } from "node:fs/promises";
import { dirname, extname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { checkFilesIn } from "../check-files.ts";
import { type Config, complete, configSchema, type Inferable, inferable, type Stated } from "../config.ts";
import { Mistake } from "../mistake.ts";
import { loadModule } from "./configuration/module.ts";
import { problemsOf } from "./configuration/problems.ts";
import { interpolated, type Source, type Wrong } from "./configuration/source.ts";

/** Where a configuration comes from, as the command line says it. */
export interface Wanted {
  readonly config?: string | undefined;
  readonly cluster?: string | undefined;
  readonly service?: readonly string[] | undefined;
  readonly region?: string | undefined;
}

/** What is known around it: the working directory, the environment, and the ids that checks have. */
export interface Surroundings {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly checkIds: readonly string[];
}

/** A configuration that is complete, and the file that it was read from; none where all is inferred. */
export interface Configuration {
  readonly config: Config;
  readonly file: string | undefined;
  /** The line of each section of the file, such as `secrets`, and of each name in it, such as `secrets/app`. */
  readonly lines: Readonly<Record<string, number>>;
}

const names = ["yaml", "yml", "json", "ts", "mts", "js", "mjs"].map((extension) => `seaworthy.config.${extension}`);

/** The configuration that the command line means: of a file, of a cluster, or of both. Throws a Mistake where there is neither. */
export async function configure(wanted: Wanted, surroundings: Surroundings): Promise<Configuration> {
  const file = wanted.config === undefined ? await nearestFile(surroundings.directory) : resolve(surroundings.directory, wanted.config);
  if (file === undefined && wanted.cluster === undefined)
    throw new Mistake(
      `There is no ${names[0]} here or in any folder above, and no cluster was named`,
      "Name one: seaworthy gate --cluster NAME. Or say in a file what must be there: --config FILE",
    );
  const { stated, lines = {} } = file === undefined ? {} : await readConfiguration(file, surroundings);
  const cluster = wanted.cluster ?? stated?.cluster ?? "";
  const services = servicesOf(wanted, stated);
  const { AWS_REGION, AWS_DEFAULT_REGION } = surroundings.environment;
  const region = wanted.region || stated?.region || AWS_REGION || AWS_DEFAULT_REGION;

  const whole = complete({ deployment: cluster, ...stated, cluster, services, ...(region ? { region } : {}) });
  return { config: { ...whole, inferred: inferable.filter((section) => isOpen(section, { ...stated, services })) }, file, lines };
}

/** Whether a section is not stated, so that it is inferred. */
function isOpen(section: Inferable, stated: Partial<Stated> & Pick<Stated, "services">): boolean {
  const services = Object.values(stated.services);
  if (section === "services") return services.length === 0;
  if (section === "routes") return !services.some(({ host, path, port }) => host ?? path ?? port);
  // Which topics are meant shows in alarms that are inferred; those that are stated may have others.
  if (section === "notifications") return stated.notifications === undefined && stated.alarms === undefined;
  return stated[section] === undefined;
}

/** The services that were named, as the file describes them where it does; else all of the file's. */
function servicesOf({ service = [] }: Wanted, stated: Stated | undefined): Stated["services"] {
  if (service.length === 0) return stated?.services ?? {};
  return Object.fromEntries(service.map((name) => [name, stated?.services[name] ?? {}]));
}

/** Reads and checks one file. Throws a Mistake with a line for each thing that is wrong, at `file:line:column`. */
async function readConfiguration(file: string, { directory, environment, checkIds }: Surroundings) {
  const shown = relative(directory, file) || file;
  const source = await sourceOf(file, shown);
  const { value, unset } = interpolated(source, environment);
  const checked = configSchema.safeParse(value);
  const own = await ownIds(checked.data?.checks, file);
  const absent: Wrong[] = own ? [] : [{ path: ["checks"], at: "value", says: `there is no folder ${checked.data?.checks}` }];
  const wrong = [...unset, ...absent, ...(await problemsOf(checked, value, [...checkIds, ...(own ?? [])]))];
  if (wrong.length > 0 || !checked.success) throw mistake(wrong, source);
  return { stated: checked.data, lines: linesOf(source, checked.data) };
}

function linesOf(source: Source, stated: Stated): Configuration["lines"] {
  const paths = Object.entries(stated).flatMap(([section, value]) => [
    [section],
    ...(typeof value === "object" ? Object.keys(value).map((name) => [section, name]) : []),
  ]);
  return Object.fromEntries(
    paths.flatMap((path) => {
      const { line } = source.placeOf(path, "key");
      return line === null ? [] : [[path.join("/"), line]];
    }),
  );
}

const sourceOf = (file: string, shown: string): Promise<Source> =>
  /^\.[mc]?[jt]s$/.test(extname(file)) ? loadModule(file, shown) : parsed(file, shown);

/** The ids of the checks in the folder that a configuration names; undefined where it cannot be read. */
async function ownIds(checks: string | undefined, file: string): Promise<readonly string[] | undefined> {
  if (checks === undefined) return [];
  const found = await checkFilesIn(pathToFileURL(`${resolve(dirname(file), checks)}/`)).catch(() => undefined);
  return found?.checks.map(({ id }) => id);
}

/** The folder of checks that a configuration names, whatever else is right or wrong with it. */
export async function statedFolder(file: string, environment: Surroundings["environment"]): Promise<string | undefined> {
  const { value } = interpolated(await sourceOf(file, relative(process.cwd(), file) || file), environment);
  const { checks } = (value ?? {}) as { checks?: unknown };
  return typeof checks === "string" ? resolve(dirname(file), checks) : undefined;
}

async function parsed(file: string, shown: string): Promise<Source> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Mistake(`${shown} cannot be read: ${error.code}`, "Name a configuration that is there: --config FILE");
  });
  const { parseSource } = await import("./configuration/parse.ts");
  return parseSource(text, shown);
}

function mistake(wrong: readonly Wrong[], source: Source): Mistake {
  const placed = wrong.map((one) => ({ ...one, place: source.placeOf(one.path, one.at) }));
  const lines = placed
    .toSorted((a, b) => a.place.offset - b.place.offset)
    .map(({ place, says, remedy }) => `${place.text}: ${says}${remedy ? `. ${remedy}` : ""}`);
  return new Mistake(lines.join("\n"), "Every key is shown in examples/ohmycoins-prod.seaworthy.yaml");
}

/** The configuration of a folder, or of the nearest one above it that has one. */
export async function nearestFile(directory: string): Promise<string | undefined> {
  for (const name of names) {
    const file = join(directory, name);
    if (
      await access(file).then(
        () => true,
        () => false,
      )
    )
      return file;
  }
  return dirname(directory) === directory ? undefined : nearestFile(dirname(directory));
}
