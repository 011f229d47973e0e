/** Something the user got wrong, said in one sentence, with what to do about it. Ends a run with exit code 2. */
export class Mistake extends Error {
  override readonly name = "Mistake";
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

/** The word out of those that are valid that was probably meant; nothing where none is near. */
export function nearest(word: string, valid: readonly string[]): string | undefined {
  const ranked = valid.map((one) => ({ one, far: distance(word.toLowerCase(), one.toLowerCase()) })).sort((a, b) => a.far - b.far);
  const [best] = ranked;
  return best && best.far <= Math.max(2, word.length / 3) ? best.one : undefined;
}

/** How many letters must be put in, left out or changed to make one word the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (const [j, against] of [...other].entries())
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + Number(letter !== against)));
    row = next;
  }
  return row.at(-1) ?? 0;
}
