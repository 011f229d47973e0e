import { Document, isMap, isScalar, type Node, Pair, Scalar, visit, YAMLMap, YAMLSeq } from "yaml";
import { escaped } from "./escape.ts";
import type { Part } from "./part.ts";

/** The text of a configuration: YAML with comments. The same parts give the same text. */
export function written(head: readonly string[], parts: readonly Part[]): string {
  const whole = new YAMLMap();
  const waiting: string[] = [];
  for (const part of parts) {
    const comments = commentsOf(part);
    if (part.value === undefined) {
      // It belongs to what follows, or to the end.
      if (comments.length > 0) waiting.push(...comments, "");
      continue;
    }
    const above = [...waiting.splice(0), ...comments];
    const key = new Scalar(part.key);
    key.spaceBefore = whole.items.length > 0 && above.length > 0;
    if (above.length > 0) key.commentBefore = commented(above);
    whole.items.push(new Pair(key, nodeOf(part)));
  }
  const document = new Document(null);
  document.contents = whole as never;
  if (head.length > 0) document.commentBefore = commented(head);
  if (waiting.length > 0) document.comment = commented(waiting);
  return `${document.toString({ lineWidth: 0 }).trimEnd()}\n`;
}

function commentsOf({ key, about, value, notes = [], instead, ...form }: Part): readonly string[] {
  if (value === undefined && notes.length === 0 && instead === undefined) return [];
  const shown =
    instead === undefined
      ? []
      : written([], [{ ...form, key, value: instead }])
          .trimEnd()
          .split("\n");
  return [...(about ? [(value ?? instead) === undefined ? `${key}: ${about}` : about] : []), ...notes, ...shown];
}

function nodeOf({ value = null, flat = false, remarks = {} }: Part): Node {
  const node = new Document(null).createNode(escaped(value)) as Node;
  visit(node, {
    Scalar: (_, one) => quote(one),
    Seq: (_, list) => onOneLine(list),
  });
  if (!isMap(node)) return node;
  const simple = node.items.every(({ value: own }) => isScalar(own));
  if (flat && simple) node.flow = true;
  for (const { key, value: item } of node.items) {
    const deeper = isMap(item) ? (flat ? [item] : item.items.map((one) => one.value).filter(isMap)) : [];
    for (const one of deeper) one.flow = true;
    const said = isScalar(key) ? (remarks[String(key.value)] ?? []) : [];
    if (isScalar(key) && said.length > 0) key.commentBefore = commented(said);
  }
  return node;
}

/** Maps have blanks within their braces, and lists none. */
function onOneLine(list: YAMLSeq): void {
  list.flow = true;
  list.toString = (context, ...rest) =>
    YAMLSeq.prototype.toString.call(list, context && { ...context, flowCollectionPadding: "" }, ...rest);
}

/** What has line breaks or other control characters in it is written with escapes, on one line. */
function quote(one: Scalar): void {
  if (typeof one.value === "string" && /[\p{C}\u2028\u2029]/u.test(one.value)) one.type = Scalar.QUOTE_DOUBLE;
}

/** A comment ends with its line, whatever is in a name. */
const commented = (texts: readonly string[]): string =>
  texts
    .flatMap((text) => text.split(/[\r\n\u0085\u2028\u2029]+/))
    .map((line) => (line === "" ? "" : ` ${line.replaceAll(/\p{Cc}/gu, " ")}`))
    .join("\n");
