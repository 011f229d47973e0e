import { diff } from "node:util";

type Line = { readonly mark: " " | "+" | "-"; readonly text: string };

/** What changes from one text to another, as a unified diff with three lines around each change; empty where nothing does. */
export function difference(before: string, after: string, [from, to]: readonly [from: string, to: string]): string {
  const lines = compared(before.split("\n"), after.split("\n"));
  const hunks = hunksOf(lines);
  return hunks.length === 0 ? "" : [`--- ${from}`, `+++ ${to}`, ...hunks.flatMap((hunk) => shown(hunk, lines)), ""].join("\n");
}

/** Each line of both, what goes before what comes. */
function compared(before: readonly string[], after: readonly string[]): readonly Line[] {
  const lines = diff([...after], [...before]).map(([which, text]): Line => ({ mark: which === 0 ? " " : which > 0 ? "+" : "-", text }));
  const runs: Line[][] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    if (run && (run[0]?.mark === " ") === (line.mark === " ")) run.push(line);
    else runs.push([line]);
  }
  return runs.flatMap((run) => run.toSorted((a, b) => Number(a.mark === "+") - Number(b.mark === "+")));
}

const around = 3;

/** Where hunks begin and end; those that would touch are one. */
function hunksOf(lines: readonly Line[]): readonly (readonly [start: number, end: number])[] {
  const hunks: [number, number][] = [];
  for (const [n, { mark }] of lines.entries()) {
    if (mark === " ") continue;
    const [start, end] = [Math.max(0, n - around), Math.min(lines.length, n + around + 1)];
    const last = hunks.at(-1);
    if (last && start <= last[1]) last[1] = end;
    else hunks.push([start, end]);
  }
  return hunks;
}

function shown([start, end]: readonly [number, number], lines: readonly Line[]): readonly string[] {
  const count = (some: readonly Line[], without: Line["mark"]) => some.filter(({ mark }) => mark !== without).length;
  const [above, own] = [lines.slice(0, start), lines.slice(start, end)];
  const range = (without: Line["mark"]) => {
    const length = count(own, without);
    return `${count(above, without) + (length > 0 ? 1 : 0)},${length}`;
  };
  return [`@@ -${range("+")} +${range("-")} @@`, ...own.map(({ mark, text }) => `${mark}${text}`)];
}
