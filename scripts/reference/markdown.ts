/** Paragraphs of a page, with an empty line between them. */
export const paragraphs = (...parts: readonly string[]): string => `${parts.join("\n\n")}\n`;

/** A table; what would end a cell is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Lines of a language, as they are. */
export const block = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

/** What a page ends with that nobody writes by hand. */
export const generated = "---\nThis page is generated: `npm run docs`.";

/** A text with its full stop; one that begins with a small letter is a name, or a piece of a sentence, and stays as it is. */
export const sentence = (text: string): string => (/^[A-Z].*[^.!?…]$/s.test(text) ? `${text}.` : text);
