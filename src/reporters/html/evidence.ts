import type { ReportedFinding } from "../../report.ts";
import { html, type Markup } from "./markup.ts";

type Evidence = ReportedFinding["evidence"];

/** What a finding rests on, name by name; lists and objects as JSON. */
export const evidenceOf = (evidence: Evidence): Markup =>
  html`<dl class="evidence">${Object.entries(evidence).map(([name, value]) => html`<div><dt>${name}</dt><dd>${shown(value)}</dd></div>`)}</dl>`;

function shown(value: Evidence[string]): Markup {
  if (typeof value === "string") return html`<code>${value}</code>`;
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return html`<code>${value.join(", ") || "none"}</code>`;
  if (typeof value !== "object" || value === null) return html`<code>${JSON.stringify(value)}</code>`;
  return html`<pre>${JSON.stringify(value, null, 1)}</pre>`;
}
