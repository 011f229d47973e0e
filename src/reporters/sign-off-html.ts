import { defineReporter } from "../reporter.ts";
import { documentOf } from "./html/document.ts";
import { html, type Markup } from "./html/markup.ts";
import { type Block, type Cell, type Section, type Step, type Table, toneSigns } from "./sign-off/blocks.ts";
import { type Page, signOffOf } from "./sign-off/page.ts";
import { style } from "./sign-off/style.ts";

/** The sprint completion report as one HTML file: it asks for nothing, prints with the manager's part on page one, and says what the Markdown says. */
export default defineReporter((report, _place, snapshot) => {
  const page = signOffOf(report, snapshot);
  return documentOf({ title: `${page.verdict}: ${page.title}`, style, body: bodyOf(page) });
});

const bodyOf = (page: Page): Markup => html`
  <a class="skip-link" href="#main">To the report</a>
  <main id="main">
    <div class="manager">
      <header>${headOf(page)}</header>
      ${page.first.map(section)}
    </div>
    <nav aria-label="For engineers">
      <h2>For engineers</h2>
      <ul>${page.further.map(({ id, title }) => html`<li><a href=${`#${id}`}>${title}</a></li>`)}</ul>
    </nav>
    ${page.further.map(section)}
  </main>
  <footer>${page.title}. ${page.about.map(([name, value]) => `${name}: ${value}`).join(". ")}.</footer>
`;

const headOf = ({ title, verdict, ready, coverage, about }: Page): Markup => html`
  <h1>${title}</h1>
  <div class=${`verdict ${ready.tone}`}>
    <strong>${verdict}. Ready for production workload: ${ready.answer}</strong>
    <p>${ready.says} ${coverage}</p>
  </div>
  <dl class="about">${about.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
`;

const section = ({ id, title, blocks }: Section): Markup => html`
  <section aria-labelledby=${id}>
    <h2 id=${id}>${title}</h2>
    ${blocks.map((one) => block(one, title))}
  </section>
`;

function block(one: Block, title: string): Markup {
  switch (one.kind) {
    case "text":
      return html`<p>${shown(one.cell)}</p>`;
    case "list":
      return html`<ul class=${one.items.every(({ tone }) => tone) ? "plain" : ""}>${one.items.map((item) => html`<li>${shown(item)}</li>`)}</ul>`;
    case "steps":
      return html`<ol class="steps">${one.steps.map(step)}</ol>`;
    case "table":
      return table(one, title);
  }
}

const shown = ({ text, tone }: Cell): Markup =>
  tone === undefined
    ? html`<span class="words">${text}</span>`
    : html`<span class=${`sign ${tone}`} aria-hidden="true">${toneSigns[tone]}</span><span class=${`words ${tone}`}>${text}</span>`;

const step = ({ does, notes, run }: Step): Markup => html`
  <li>
    <p>${does}</p>
    ${notes.map((note) => html`<p>${note}</p>`)}
    ${run.length > 0 && html`<pre>${run.map((line) => html`<code>${line}</code>`)}</pre>`}
  </li>
`;

/** A wide table scrolls by itself, for the keyboard as well. */
function table({ caption, head, rows, blank }: Table, title: string): Markup {
  const names = caption === title ? "spoken" : "";
  const [first, ...others] = head;
  return html`
    <div class=${`scroll${head.length > 4 ? " wide" : ""}${blank ? " signing" : ""}`} role="group" aria-label=${caption} tabindex="0">
      <table>
        <caption class=${names}>${caption}</caption>
        <thead><tr><th scope="col">${first}</th>${others.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
        <tbody>
          ${rows.map(([about, ...cells]) => html`<tr><th scope="row">${about && shown(about)}</th>${cells.map((one) => html`<td>${shown(one)}</td>`)}</tr>`)}
        </tbody>
      </table>
    </div>
  `;
}
