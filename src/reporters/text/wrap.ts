/** Breaks a text at its spaces so that it fits the width, and longer words within; the first line after `first`, the others after `indent`. */
export function wrap(text: string, width: number, first = "", indent = " ".repeat(first.length)): readonly string[] {
  const room = Math.max(width - indent.length, 16);
  const lines: string[] = [];
  for (const word of text.split(" ").flatMap((one) => pieces(one, room))) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= room) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.map((line, n) => (n === 0 ? first : indent) + line);
}

/** A long word is broken after a slash, a colon, a comma or a dash where it has one. */
function pieces(word: string, room: number): readonly string[] {
  const heads: string[] = [];
  let rest = word;
  while (rest.length > room) {
    const start = rest.slice(0, room);
    const head = /^.*[/:,-]/su.exec(start)?.[0] ?? [...start].slice(0, Math.ceil(room / 2)).join("");
    heads.push(head);
    rest = rest.slice(head.length);
  }
  return [...heads, rest];
}
