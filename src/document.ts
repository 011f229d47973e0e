import { Mistake } from "./mistake.ts";

/** A kind of document of ours: what its `schema` says, and how a new one is made. */
export interface Format {
  /** Such as `seaworthy.report/1`. */
  readonly schema: string;
  readonly again: string;
}

/** The JSON of a document that was written whole, in this version of its format; else throws a Mistake that says what it is. */
export function documentIn(text: string, file: string, { schema, again }: Format): object {
  const content = parsed(text);
  if (content === undefined) throw new Mistake(`${file} was cut short, or is no JSON`, again);
  const { schema: stated } = content as { readonly schema?: unknown };
  const [kind = ""] = schema.split("/");
  if (typeof stated !== "string" || !stated.startsWith(`${kind}/`))
    throw new Mistake(`${file} is no ${kind.slice(kind.indexOf(".") + 1)} of seaworthy`, again);
  if (stated !== schema) throw new Mistake(`${file} is of another version: ${stated}, where this one reads ${schema}`, again);
  return content;
}

function parsed(text: string): object | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return typeof content === "object" && content !== null ? content : undefined;
  } catch {
    return undefined;
  }
}
