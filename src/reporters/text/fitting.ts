/** As many rows, from the first, as take no more than so many bytes together: each is whole, or not there. */
export function fitting(rows: readonly string[], bytes: number): readonly string[] {
  let left = bytes;
  const fit: string[] = [];
  for (const row of rows) {
    left -= Buffer.byteLength(row);
    if (left < 0) break;
    fit.push(row);
  }
  return fit;
}

/**
 * A copy of a JSON value in which no text is longer than so many characters: of one that was, the beginning and the end, and how long it
 * was.
 */
export function shortened<T>(value: T, most: number): T {
  const short = (one: unknown): unknown => {
    if (typeof one === "string") return one.length > most ? middleLeftOut(one, most) : one;
    if (Array.isArray(one)) return one.map(short);
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(
      Object.entries(one).map(([key, member]) => [key.length > most ? middleLeftOut(key, most) : key, short(member)]),
    );
  };
  return short(value) as T;
}

function middleLeftOut(text: string, most: number): string {
  const half = Math.floor(most / 2);
  return `${text.slice(0, half).toWellFormed()}… ${text.length} characters …${text.slice(-half).toWellFormed()}`;
}
