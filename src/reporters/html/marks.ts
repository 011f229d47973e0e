import type { Happening } from "./events.ts";
import { html, type Markup } from "./markup.ts";
import { momentOf } from "./readings.ts";

/** A shape of its own for each thing that happens at a moment. */
const marks: Readonly<Record<Exclude<Happening["what"], "deployment">, string>> = {
  death: "M-5 -5L5 5M5 -5L-5 5",
  stop: "M-4.5 -4.5h9v9h-9z",
  start: "M0 -4.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0 -9z",
  version: "M0 -6L6 0L0 6L-6 0z",
  change: "M0 -5.5L6 5H-6z",
};

/** Things of one kind that happened close to each other, at their place. */
export function mark(alike: readonly Happening[], x: number, middle: number): Markup {
  const [first] = alike;
  if (!first || first.what === "deployment") return null;
  return html`<g transform=${`translate(${x} ${middle + 6})`}>
    <title>${alike
      .slice(0, 8)
      .map(({ at, says }) => `${momentOf(at)} ${says}`)
      .join("\n")}</title>
    <path class=${first.what} d=${marks[first.what]} />
    ${alike.length > 1 && html`<text class="count" x="8" y="4">${alike.length}</text>`}
  </g>`;
}

const meanings: Readonly<Record<Happening["what"], string>> = {
  deployment: "deployment, from its start to its end",
  death: "task died",
  stop: "task was stopped",
  start: "task that runs was started",
  version: "version of the secret was made",
  change: "secret was changed",
};

/** What the shapes that are used mean. */
export function legend(all: readonly Happening[]): Markup {
  const used = Object.entries(meanings).filter(([what]) => all.some((one) => one.what === what));
  const drawnAs = (what: string) =>
    what === "deployment"
      ? html`<rect class="deployment" x="-7" y="-5" width="14" height="10" rx="3" />`
      : html`<path class=${what} d=${marks[what as keyof typeof marks]} />`;
  return html`<ul class="legend timeline-legend">
    ${used.map(([what, means]) => html`<li><svg viewBox="-8 -8 16 16" aria-hidden="true">${drawnAs(what)}</svg> ${means}</li>`)}
  </ul>`;
}
