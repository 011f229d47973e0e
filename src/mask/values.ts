/** Every value that what a secret holds can be used as: the whole, what is under its keys, its lines, and the passwords in its URLs. */
export function valuesIn(content: string): readonly string[] {
  return [...new Set([content, ...leavesOf(content)].flatMap(partsOf))].filter(isTelling);
}

/** Shorter ones, and words that stand in every log, would tear every line to pieces and say nothing. */
const isTelling = (value: string) => value.length >= 6 && !ordinary.test(value);
const ordinary = /^(?:production|staging|development|testing|localhost|default|enabled|disabled|127\.0\.0\.1|0\.0\.0\.0)$/i;

function leavesOf(content: string): readonly string[] {
  const parsed = parse(content.replace(/^\uFEFF/, ""));
  if (parsed === undefined) return piecesOf(content);
  return typeof parsed === "string" ? [parsed, ...leavesOf(parsed)] : stringsIn(parsed);
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === "number") return [`${value}`];
  // JSON may hold JSON.
  if (typeof value === "string") return [value, ...(/^\s*[[{"]/.test(value) && value.length < 100_000 ? leavesOf(value) : [])];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** Of a text that is no JSON, perhaps because it was cut short: what is quoted in it, and its words. */
function piecesOf(text: string): readonly string[] {
  const quoted = (text.match(/"(?:[^"\\]|\\.)*"/gs) ?? []).flatMap((one) => (parse(one) as string | undefined) ?? one.slice(1, -1));
  return [...quoted, ...text.split(/[\s"',;:={}[\]]+/), ...(text.match(/[\w-]{8,}/g) ?? [])];
}

function partsOf(value: string): readonly string[] {
  const lines = value.split(/\r?\n/).map((line) => line.trim());
  const passwords = lines.flatMap((line) => [...line.matchAll(/:\/\/[^\s:/@]*:([^\s]+)@/g)].map(([, password = ""]) => password));
  return [value, value.trim(), ...lines, ...passwords, ...passwords.map(decoded)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The error is dropped, since it quotes its input. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
