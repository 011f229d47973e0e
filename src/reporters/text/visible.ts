// Controls, formats (which hide text or turn it round), separators other than the space, and halves of characters.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u001b": "\\e" };

/** The text on one line, with whatever a terminal or a parser would act upon written out: a name cannot move the cursor. */
export function visible(text: string): string {
  return text.replace(unseen, (character) => short[character] ?? `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`);
}

/** A copy of a JSON value in which every text is visible. */
export function allVisible<T>(value: T): T {
  return shown(value) as T;
}

function shown(value: unknown): unknown {
  if (typeof value === "string") return visible(value);
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [visible(key), shown(member)]));
}
