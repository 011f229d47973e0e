import { and, type Cell, cell, list, table } from "./blocks.ts";
import type { Readings } from "./readings.ts";

/** The cells of a row; a text stands for one without a tone. */
export type Row = readonly (Cell | string)[];

/** A table of what is known; what is absent or not known stands in it too, and never looks like less. */
export function inventory<T>(
  caption: string,
  head: readonly string[],
  { known, absent, unknown }: Readings<T>,
  row: (value: T, name: string) => Row,
) {
  const rows = known.map(({ name, value }) => row(value, name));
  const gone = absent.map((name) => [name, cell("does not exist", "bad"), ...head.slice(2).map(() => "")]);
  const reasons = [...Map.groupBy(unknown, ({ why }) => why)];
  const lacking = reasons.map(([why, own]) => cell(`${caption}: not known of ${and(own.map(({ name }) => name))}: ${why}.`, "open"));
  return [...table(caption, head, [...rows, ...gone]), ...list(lacking)];
}
