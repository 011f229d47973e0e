/** How a reader should take something; each rendering has a sign and a colour for it. */
export type Tone = "good" | "bad" | "open" | "aside";

/** Stands beside the words, since not everybody sees colours. */
export const toneSigns: Readonly<Record<Tone, string>> = { good: "✔", bad: "✖", open: "…", aside: "–" };

/** A text, and how to take it. */
export interface Cell {
  readonly text: string;
  readonly tone?: Tone;
}

/** A table. The first cell of a row says what the row is about. */
export interface Table {
  readonly kind: "table";
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** To be filled in by hand. */
  readonly blank?: true;
}

/** Something to do: a sentence, what there is to say of it, and the commands. */
export interface Step {
  readonly does: string;
  readonly notes: readonly string[];
  readonly run: readonly string[];
}

/** What a section is made of: plain text, for each rendering to escape. */
export type Block =
  | { readonly kind: "text"; readonly cell: Cell }
  | { readonly kind: "list"; readonly items: readonly Cell[] }
  | { readonly kind: "steps"; readonly steps: readonly Step[] }
  | Table;

/** A part of the page under a heading of its own. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** Makes a cell. */
export const cell = (text: string, tone?: Tone): Cell => (tone === undefined ? { text } : { text, tone });
/** Makes a paragraph. */
export const say = (text: string, tone?: Tone): Block => ({ kind: "text", cell: cell(text, tone) });
/** Makes a list; nothing, where there is nothing to list. */
export const list = (items: readonly Cell[]): readonly Block[] => (items.length > 0 ? [{ kind: "list", items }] : []);
/** Makes steps; nothing, where there is none. */
export const steps = (all: readonly Step[]): readonly Block[] => (all.length > 0 ? [{ kind: "steps", steps: all }] : []);

/** Makes a table of rows in which a text stands for a cell; nothing, where there is no row. */
export function table(caption: string, head: readonly string[], rows: readonly (readonly (Cell | string)[])[]): readonly Block[] {
  if (rows.length === 0) return [];
  return [{ kind: "table", caption, head, rows: rows.map((row) => row.map((one) => (typeof one === "string" ? cell(one) : one))) }];
}

/** `a`, `a and b`, `a, b and c`. */
export const and = (words: readonly string[]): string =>
  words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : (words[0] ?? "");

/** An instant to the minute: `2026-01-18 04:00 UTC`. */
export const minute = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
