import type { Report } from "../../report.ts";
import { effortOf } from "../text/words.ts";
import type { Anchors } from "./anchors.ts";
import { commands } from "./commands.ts";
import { html, type Markup } from "./markup.ts";
import { momentOf } from "./readings.ts";

/** The ordered steps that bring the stack up, where they were asked for. */
export const runbookOf = ({ runbook }: Report): Markup =>
  runbook &&
  runbook.length > 0 &&
  html`<section id="runbook">
    <h2>Runbook</h2>
    <ol>${runbook.map(({ do: does, run, takes }) => html`<li><p>${does} <span class="quiet">(${takes})</span></p>${commands(run)}</li>`)}</ol>
  </section>`;

/** What changed since the last GO; only a sign-off is compared with what was none. */
export function sinceOf({ since }: Report, anchors: Anchors): Markup {
  if (!since) return null;
  const parts = [
    ["New", since.new],
    ["Fixed", since.fixed],
    ["Still failing", since.stillFailing],
    ["Flipped between known and unknown", since.flipped],
    ["No longer asked", since.noLongerAsked],
  ] as const;
  const some = parts.filter(([, ids]) => ids.length > 0);
  const item = (id: string) => html`<li>${anchors.has(id) ? html`<a href=${`#${anchors.get(id)}`}>${id}</a>` : id}</li>`;
  return html`<section id="since">
    <h2>Since the last ${since.verdict === "GO" ? "GO" : `sign-off, a ${since.verdict}`}</h2>
    <p class="quiet">${momentOf(since.at)} UTC${since.commit ? html`, commit <code>${since.commit}</code>` : ""}</p>
    ${some.length === 0 ? html`<p>Nothing has changed.</p>` : some.map(([title, ids]) => html`<h3>${title}: ${ids.length}</h3><ul>${ids.map(item)}</ul>`)}
  </section>`;
}

/** Where all this is from: who ran it, when, from what, at which effort. */
export function colophonOf(report: Report): Markup {
  const { tool, origin, snapshot, exitCode, startedAt, finishedAt, usage, notAsked, unknowns, schema } = report;
  const calls = Object.entries(usage.calls).toSorted(([one], [other]) => one.localeCompare(other));
  const facts: readonly (readonly [string, Markup])[] = [
    ["Written by", `${tool.name} ${tool.version}, ${schema}`],
    ["Exit code", exitCode],
    ["Run", `${momentOf(startedAt)} to ${momentOf(finishedAt)} UTC${origin.by === null ? "" : `, by ${origin.by}`}`],
    ["Commit", origin.commit && html`<code>${origin.commit}</code>`],
    [
      "Pipeline",
      origin.url && (/^https?:\/\//.test(origin.url) ? html`<a href=${origin.url} rel="noreferrer">${origin.url}</a>` : origin.url),
    ],
    ["Configuration", origin.configuration && html`<code>${origin.configuration.file}</code>`],
    ["Snapshot", snapshot && html`<code>sha256:${snapshot}</code>`],
    ["Not asked", notAsked.length > 0 && notAsked.join(", ")],
    ["Effort", effortOf(report)],
  ];
  return html`<footer id="run">
    <h2>This run</h2>
    <dl class="facts">${facts.flatMap(([name, value]) => (value === null || value === false ? [] : [html`<div><dt>${name}</dt><dd>${value}</dd></div>`]))}</dl>
    ${
      unknowns.length > 0 &&
      html`<details><summary>${unknowns.length} not known</summary><div class="scroll" tabindex="0" role="region" aria-label="Not known"><table>
      <thead><tr><th scope="col">Fact</th><th scope="col">Kind</th><th scope="col">Action</th><th scope="col">Why</th></tr></thead>
      <tbody>${unknowns.map(({ fact, kind, action, why }) => html`<tr><td>${fact}</td><td>${kind}</td><td>${action ?? "–"}</td><td>${why}</td></tr>`)}</tbody>
    </table></div></details>`
    }
    ${
      calls.length > 0 &&
      html`<details><summary>Calls</summary><div class="scroll" tabindex="0" role="region" aria-label="Calls"><table>
      <thead><tr><th scope="col">Action</th><th scope="col" class="number">Count</th><th scope="col" class="number">Retries</th><th scope="col" class="number">Throttled</th><th scope="col" class="number">ms</th></tr></thead>
      <tbody>${calls.map(
        ([action, { count, retries, throttled, ms }]) =>
          html`<tr><td><code>${action}</code></td><td class="number">${count}</td><td class="number">${retries}</td><td class="number">${throttled}</td><td class="number">${ms}</td></tr>`,
      )}</tbody>
    </table></div></details>`
    }
  </footer>`;
}
