import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { Mistake } from "../../mistake.ts";
import type { Path, Source } from "./source.ts";

/** Reads YAML, which JSON is too. Throws a Mistake at `file:line:column` for what is neither. */
export function parseSource(text: string, file: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { text: `${file}:${line}:${col}`, offset, line };
  };
  const [error] = document.errors;
  if (error) throw new Mistake(`${place(error.pos[0]).text}: ${sentence(error.message)}`, "It has to be YAML or JSON");

  const resolved = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node);
  const find = (path: Path, at: "key" | "value"): Node | null => {
    let node: unknown = document.contents;
    let key: unknown = node;
    let found = node;
    for (const step of path) {
      const whole = resolved(node);
      const pair = isMap(whole)
        ? whole.items.find((item) => (isScalar(item.key) ? String(item.key.value) : item.key) === String(step))
        : undefined;
      const next = pair ? pair.value : isSeq(whole) ? whole.items[Number(step)] : undefined;
      // Of what is not there, the nearest that is.
      if (!next && !pair) return found as Node | null;
      [key, node] = [pair?.key ?? next, next];
      found = node ?? key;
    }
    return (at === "key" ? (key ?? found) : found) as Node | null;
  };
  return {
    value: content(document, place(0).text),
    placeOf: (path, at) => place(find(path, at)?.range?.[0] ?? 0),
    isPlain(path) {
      const node = resolved(find(path, "value"));
      return isScalar(node) && node.type === "PLAIN";
    },
  };
}

function content(document: ReturnType<typeof parseDocument>, place: string): unknown {
  try {
    return document.toJS() ?? {};
  } catch (error) {
    throw new Mistake(`${place}: ${sentence(error instanceof Error ? error.message : String(error))}`, "It has to be YAML or JSON");
  }
}

/** The parser's own words, on one line. */
const sentence = (message: string) => message.replaceAll(/\s*\n\s*/g, " ").trim();
