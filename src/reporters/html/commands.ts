import { html, type Markup } from "./markup.ts";

/** Commands, each in a line of its own that can be copied; the button appears where there is a script to serve it. */
export const commands = (run: readonly string[]): Markup =>
  run.map(
    (line) => html`<div class="command">
      <pre tabindex="0" role="group" aria-label="Command"><code>${line}</code></pre>
      <button type="button" class="copy" hidden aria-label=${`Copy: ${beginning(line)}`}>Copy</button>
    </div>`,
  );

/** What mends something: the sentence, and the commands. */
export const remedy = (fix: { readonly do: string; readonly run: readonly string[] } | null): Markup =>
  fix && html`<div class="fix"><p><strong>Fix:</strong> ${fix.do}</p>${commands(fix.run)}</div>`;

const beginning = (line: string) => (line.length > 60 ? `${line.slice(0, 60)}…` : line);
