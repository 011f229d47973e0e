import type { NamedCheck } from "../check.ts";
import type { Config } from "../config.ts";
import { names } from "../countdown.ts";
import { milliseconds } from "../facts/duration.ts";
import { Mistake, nearest } from "../mistake.ts";
import { reporterNames } from "../reporters.ts";
import type { Options } from "./options.ts";

/** A reporter, and the file that it writes; stdout where there is none. */
export interface Outlet {
  readonly name: string;
  readonly path: string | undefined;
  /** Nobody named it: the pipeline is one that reads it. It goes to stderr, so that stdout keeps what was asked for. */
  readonly byItself?: true;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the reports go: to files, and one to stdout. Throws a Mistake for a reporter that there is none of, or two in one place. */
export async function outletsOf({ reporter = [] }: Options, environment: Environment = process.env): Promise<readonly Outlet[]> {
  const valid = await reporterNames();
  const stated = reporter.map((text): Outlet => {
    const [, name = "", path] = /^([^:]*)(?::(.*))?$/s.exec(text) ?? [];
    if (!valid.includes(name)) throw new Mistake(`There is no reporter "${name}"`, meant(name, valid));
    if (path === "") throw new Mistake(`--reporter ${text} names no file after its colon`, `Write --reporter ${name}:FILE`);
    return { name, path };
  });
  const places = stated.map(({ path }) => path ?? "stdout");
  const twice = places.find((place, n) => places.indexOf(place) !== n);
  if (twice !== undefined) throw new Mistake(`Two reporters would write to ${twice}`, "Give each a file of its own: --reporter NAME:FILE");
  const main: readonly Outlet[] = places.includes("stdout") ? [] : [{ name: "console", path: undefined }];
  const onGitHub = environment["GITHUB_ACTIONS"] === "true" && !stated.some(({ name }) => name === "github");
  return [...main, ...stated, ...(onGitHub ? [{ name: "github", path: undefined, byItself: true } as const] : [])];
}

/** Milliseconds of a duration on the command line. */
export function durationOf(option: string, text: string): number {
  try {
    return milliseconds(text);
  } catch {
    throw new Mistake(`${option} ${text} is no duration`, "Write 500ms, 2s, 10m, 1h or 0");
  }
}

/** Refuses words of --only and --skip that mean no check: a question that is misspelt would go unasked. */
export function checkWords(words: readonly string[], checks: readonly NamedCheck[]): void {
  for (const word of words) {
    if (checks.some((check) => names(word, check))) continue;
    throw new Mistake(`No check matched: ${word} is none`, checkMeant(word, checks));
  }
}

/** The configuration, with what the pipeline says that it has just deployed. */
export function expecting(config: Config, { expectImage = [], expectRevision = [] }: Options): Config {
  const services = { ...config.services };
  const service = (name: string, option: string) => {
    // What is inferred later would not keep it.
    if (config.inferred.includes("services")) throw new Mistake(`${option} needs to know the services`, `Name them: --service ${name}`);
    const found = services[name];
    if (!found) throw new Mistake(`${option}: there is no service "${name}"`, meant(name, Object.keys(services)));
    return found;
  };
  for (const text of expectImage) {
    const [, name, container, image] = /^([^/=]+)\/([^=]+)=(.+)$/.exec(text) ?? [];
    if (!name || !container || !image)
      throw new Mistake(`--expect-image ${text} is not understood`, "Write --expect-image SERVICE/CONTAINER=REF");
    const before = service(name, "--expect-image");
    services[name] = { ...before, image: { ...before.image, [container]: image } };
  }
  for (const text of expectRevision) {
    const [, name, revision] = /^([^=]+)=((?:.+:)?\d+)$/.exec(text) ?? [];
    if (!name || !revision) throw new Mistake(`--expect-revision ${text} is not understood`, "Write --expect-revision SERVICE=N");
    services[name] = { ...service(name, "--expect-revision"), taskDefinition: revision };
  }
  return { ...config, services };
}

/** The word that was probably meant, and all that are valid. */
export function meant(word: string, valid: readonly string[]): string {
  const near = nearest(word, valid);
  return `${near ? `Did you mean ${near}? ` : ""}Valid: ${valid.join(", ")}`;
}

/** The check that was probably meant, and where all of them are listed. */
export function checkMeant(word: string, checks: readonly NamedCheck[]): string {
  const near = nearest(
    word,
    checks.map(({ id }) => id),
  );
  return `${near ? `Did you mean ${near}? ` : ""}All of them: seaworthy list`;
}
