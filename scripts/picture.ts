import { stripVTControlCharacters } from "node:util";

/** How the terminal's colours look in the picture, by SGR code. */
const looks: Readonly<Record<string, string>> = {
  1: "font-weight:bold",
  2: "opacity:.6",
  31: "fill:#ff7b72",
  32: "fill:#56d364",
  33: "fill:#e3b341",
  35: "fill:#d2a8ff",
  36: "fill:#79c0ff",
};
/** Which codes an ending code takes back. */
const ends: Readonly<Record<string, readonly string[]>> = { 22: ["1", "2"], 39: ["31", "32", "33", "35", "36"], 0: Object.keys(looks) };

const sgr = new RegExp(`${String.fromCharCode(27)}\\[(\\d+)m`);
const [letter, row, margin] = [8.43, 19, 18];

/** A picture of what a terminal shows of a text with colours: SVG, which scales and can be searched. */
export function pictureOf(text: string): string {
  const lines = text.trimEnd().split("\n");
  const columns = Math.max(...lines.map((line) => stripVTControlCharacters(line).length));
  const [width, height] = [Math.ceil(columns * letter) + 2 * margin, lines.length * row + 2 * margin];
  let on: readonly string[] = [];
  const rows = lines.map((line, n) => {
    const spans = line.split(sgr).map((part, index) => {
      if (index % 2 === 1) on = ends[part] ? on.filter((code) => !ends[part]?.includes(code)) : [...on, part];
      if (index % 2 === 1 || part === "") return "";
      const style = on.flatMap((code) => looks[code] ?? []).join(";");
      return style ? `<tspan style="${style}">${escaped(part)}</tspan>` : escaped(part);
    });
    return `<text xml:space="preserve" x="${margin}" y="${margin + (n + 0.75) * row}">${spans.join("")}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    "<title>What seaworthy demo says</title>",
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>`,
    `<g fill="#e6edf3" font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14">`,
    ...rows,
    "</g>",
    "</svg>\n",
  ].join("\n");
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
