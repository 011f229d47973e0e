import type { Report } from "../../report.ts";
import { counted, listed } from "../text/words.ts";
import { bar } from "./cost.ts";
import { html, type Markup } from "./markup.ts";
import { momentOf } from "./readings.ts";

/** Round by round what was waited for, and which checks were asked more than once; nothing where nothing was waited for. */
export function waitingOf({ waiting, checks }: Report): Markup {
  const often = checks.filter(({ attempts }) => attempts > 1).toSorted((one, other) => other.attempts - one.attempts);
  if (waiting.length === 0 && often.length === 0) return null;
  const most = Math.max(1, ...waiting.map(({ pending }) => pending.length));
  const began = Date.parse(waiting[0]?.at ?? "");
  return html`<section id="waiting">
    <h2>Waiting</h2>
    ${
      waiting.length > 0 &&
      html`<table class="cost">
      <thead><tr><th scope="col">Round</th><th scope="col" class="number">Open</th><td class="bar"></td><th scope="col">What was waited for</th></tr></thead>
      <tbody>${waiting.map(
        ({ at, pending }, n) => html`<tr>
          <th scope="row" class="moment">${n + 1}, ${n === 0 ? momentOf(at) : `after ${Math.round((Date.parse(at) - began) / 1000)} s`}</th>
          <td class="number">${pending.length}</td>
          <td class="bar">${bar(pending.length / most)}</td>
          <td>${pending.length > 12 ? counted(pending.length, "finding") : listed(pending)}</td>
        </tr>`,
      )}</tbody>
    </table>`
    }
    ${often.length > 0 && html`<p>Asked more than once: ${often.map(({ id, attempts }) => `${id} (${attempts} times)`).join(", ")}.</p>`}
  </section>`;
}
