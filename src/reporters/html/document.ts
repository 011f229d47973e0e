import { createHash } from "node:crypto";
import { type Markup, rendered } from "./markup.ts";

/** A page that is one file: all that it needs is in it, and it may ask nobody for more. */
export interface Page {
  readonly title: string;
  readonly style: string;
  readonly script?: string;
  /** JSON for other programs, under the id of its element. */
  readonly data?: { readonly id: string; readonly value: unknown };
  readonly body: Markup;
}

/** The text of a page. Its own policy lets this style sheet and this script through and nothing else, whatever a name may hold. */
export function documentOf({ title, style, script, data, body }: Page): string {
  const policy = [
    "default-src 'none'",
    `style-src '${digest(style)}'`,
    ...(script === undefined ? [] : [`script-src '${digest(script)}'`]),
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  const text = [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy.join("; ")}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    // A browser would ask the server for one.
    '<link rel="icon" href="data:,">',
    `<title>${rendered(title)}</title>`,
    `<style>${style}</style>`,
    "</head>",
    "<body>",
    rendered(body),
    ...(data ? [`<script type="application/json" id="${data.id}">${embedded(data.value)}</script>`] : []),
    ...(script === undefined ? [] : [`<script>${script}</script>`]),
    "</body>",
    "</html>",
  ];
  return `${text.join("\n")}\n`;
}

const digest = (text: string) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

// What could end the element or turn the text around, and what a JSON reader takes back for the same.
const unsafe = /[<>&\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** JSON in which no markup can begin. */
export const embedded = (value: unknown): string =>
  JSON.stringify(value).replace(unsafe, (character) =>
    Array.from({ length: character.length }, (_, n) => `\\u${character.charCodeAt(n).toString(16).padStart(4, "0")}`).join(""),
  );
