/** Steps from the outside of a configuration to a value within. */
export type Path = readonly (string | number)[];

/** Something that is wrong with the value at a path, or with its key. */
export interface Wrong {
  readonly path: Path;
  readonly at: "key" | "value";
  readonly says: string;
  readonly remedy?: string | undefined;
}

/** What a file says, and where it says it. */
export interface Source {
  readonly value: unknown;
  /** `file:line:column`, or the file and the path where there are no lines; `offset` puts places in order. */
  placeOf(path: Path, at: "key" | "value"): { readonly text: string; readonly offset: number; readonly line: number | null };
  /** Whether the text at a path was written without quotes, so that its form decides what it is. */
  isPlain(path: Path): boolean;
}

/** The value with `${NAME}` taken from the environment, and the names that are not set there. `$${NAME}` is `${NAME}` as it stands. */
export function interpolated(source: Source, environment: Readonly<Record<string, string | undefined>>) {
  const unset: Wrong[] = [];

  const fill = (text: string, path: Path): unknown => {
    const filled = text.replaceAll(/(\$?)\$\{(\w+)\}/g, (whole, literal: string, name: string) => {
      if (literal) return whole.slice(1);
      const value = environment[name];
      if (value === undefined)
        unset.push({ path, at: "value", says: `\${${name}} is not set in the environment`, remedy: `Set it: export ${name}=…` });
      return value ?? whole;
    });
    return filled !== text && /^\$\{\w+\}$/.test(text) && source.isPlain(path) ? scalar(filled) : filled;
  };
  const walk = (value: unknown, path: Path): unknown => {
    if (typeof value === "string") return fill(value, path);
    if (Array.isArray(value)) return value.map((item, n) => walk(item, [...path, n]));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, walk(member, [...path, key])]));
  };
  return { value: walk(source.value, []), unset };
}

/** What the text would be in YAML, had it stood there without quotes. */
function scalar(text: string): unknown {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text === "true" || text === "false" ? text === "true" : text;
}
