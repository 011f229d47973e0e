import type { Report } from "../../report.ts";
import type { Place } from "../../reporter.ts";

/** A line of a file, seen from the root of the repository. */
export interface Line {
  readonly file: string;
  readonly line: number;
}

/**
 * Where the configuration speaks of a subject: by its name, else of what it leans on or what leans on it, else by its section, else at the
 * top. Gives nothing where there is no configuration.
 */
export function linesOf(
  { origin: { configuration }, links }: Report,
  { folder = "" }: Partial<Place> = {},
): (subject: string) => Line | null {
  if (!configuration) return () => null;
  const { lines } = configuration;
  const file = `${folder ? `${folder}/` : ""}${configuration.file}`.replaceAll("\\", "/");
  const byName = new Map(Object.entries(lines).map(([path, line]) => [path.slice(path.indexOf("/") + 1), line]));
  const own = (subject: string) => {
    const { kind, name } = parts(subject);
    return lines[`${kind}s/${name}`] ?? byName.get(name) ?? byName.get(name.split("/")[0] ?? name);
  };
  const near = neighbours(links);
  return (subject) => {
    const beside = () =>
      near
        .get(subject)
        ?.map(own)
        .find((line) => line !== undefined);
    return { file, line: own(subject) ?? beside() ?? lines[`${parts(subject).kind}s`] ?? 1 };
  };
}

function parts(subject: string): { readonly kind: string; readonly name: string } {
  const at = subject.indexOf(":");
  return { kind: subject.slice(0, at), name: subject.slice(at + 1) };
}

/** What a subject leans on, and after that what leans on it. */
function neighbours(links: Report["links"]): ReadonlyMap<string, readonly string[]> {
  const near = new Map<string, string[]>();
  const add = (from: string, to: string) => void (near.get(from)?.push(to) ?? near.set(from, [to]));
  for (const [from, to] of links) add(from, to);
  for (const [from, to] of links) add(to, from);
  return near;
}
