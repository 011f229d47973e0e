import type { Json } from "../fact.ts";

/** A value in which nothing is taken from the environment: `$${NAME}` stands for `${NAME}` as it is. Keys are never filled in. */
export function escaped(value: Json): Json {
  if (typeof value === "string") return value.replaceAll(/\$\{\w+\}/g, (whole) => `$${whole}`);
  if (Array.isArray(value)) return value.map(escaped);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, escaped(member as Json)]));
}
