/** A text as GitHub's Markdown shows it: what Markdown or HTML would act upon, escaped. */
export function text(plain: string): string {
  return plain
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\\`*_[\]|~#]/g, "\\$&");
}

/** A code block whose fence is longer than any that it holds. */
export function fenced(code: string, language = "sh"): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${code}\n${fence}`;
}
