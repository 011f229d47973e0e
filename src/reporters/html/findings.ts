import type { Report, ReportedCheck, ReportedFinding } from "../../report.ts";
import { stationsOf } from "../text/stations.ts";
import { termsOf } from "../text/words.ts";
import type { Anchors } from "./anchors.ts";
import { remedy } from "./commands.ts";
import { evidenceOf } from "./evidence.ts";
import { html, type Markup } from "./markup.ts";
import { mute, type Sign, sign, signOf, words } from "./signs.ts";

/** Of each finding, the node that stands for it in the picture. */
export type NodeOf = (finding: ReportedFinding) => string | undefined;

/** All findings, station by station and check by check; what is as it should be is folded up. */
export function findingsOf({ checks }: Report, anchors: Anchors, nodeOf: NodeOf): Markup {
  const stations = stationsOf(checks);
  return html`<section id="findings">
    <h2>All findings</h2>
    ${filters(checks, stations)}
    <p id="only" class="only" hidden><span></span> <button type="button">Show all</button></p>
    ${stations.map(
      ({ label, name, checks: own }) => html`<section class="station" data-station=${label}>
        <h3>${label} ${name} <span class="tally">${tally(own)}</span></h3>
        ${own.map((check) => checkOf(check, anchors, nodeOf))}
      </section>`,
    )}
    <p id="none" hidden>No finding is of that kind.</p>
  </section>`;
}

const every: readonly Sign[] = ["fail", "pending", "unknown", "pass", "skip", "waived"];
const countBy = (checks: readonly ReportedCheck[], status: Sign) =>
  checks.reduce((sum, { findings }) => sum + findings.filter((finding) => signOf(finding) === status).length, 0);

/** Of use only where there is a script to serve them. */
function filters(checks: readonly ReportedCheck[], stations: ReturnType<typeof stationsOf<ReportedCheck>>): Markup {
  const used = every.filter((status) => countBy(checks, status) > 0);
  return html`<form id="filters" class="filters" hidden>
    <fieldset><legend>Status</legend>
      ${used.map((status) => html`<label><input type="checkbox" name="status" value=${status} checked /> ${mute(status)}${words[status]} <span class="quiet">${countBy(checks, status)}</span></label>`)}
    </fieldset>
    <label>Station <select name="station"><option value="">all</option>${stations.map(({ label, name }) => html`<option value=${label}>${label} ${name}</option>`)}</select></label>
    <label>Holding <input type="search" name="text" placeholder="a word" /></label>
    <output aria-live="polite"></output>
  </form>`;
}

const tally = (checks: readonly ReportedCheck[]) =>
  every.flatMap((status) => {
    const count = countBy(checks, status);
    return count > 0 ? [html`<span>${sign(status)}${count}</span> `] : [];
  });

function checkOf(check: ReportedCheck, anchors: Anchors, nodeOf: NodeOf): Markup {
  const { id, order, title, why, severity, status, attempts, findings } = check;
  // What was never asked has one reason, which stands above.
  const isOpen = findings.some((finding) => finding.because?.kind !== "unasked" && !["pass", "skip"].includes(signOf(finding)));
  return html`<details class=${`check ${status}`} open=${isOpen}>
    <summary><h4>${sign(status)}${title}</h4> <span class="aside"><code>${order} ${id}</code> ${severity}${attempts > 1 ? `, asked ${attempts} times` : ""}${findings.length > 1 ? ` · ${findings.length}` : ""}</span></summary>
    <p class="quiet why">${why}</p>
    <ul class="plain">${findings.map((finding) => findingOf(finding, anchors, nodeOf))}</ul>
  </details>`;
}

function findingOf(finding: ReportedFinding, anchors: Anchors, nodeOf: NodeOf): Markup {
  const { id, subject, says, evidence, fix, because, explainedBy, waiver } = finding;
  const status = signOf(finding);
  const cause = explainedBy === null ? undefined : anchors.get(explainedBy);
  return html`<li class=${`finding ${status}`} id=${anchors.get(id)} tabindex="-1" data-status=${status} data-node=${nodeOf(finding)}>
    <p>${sign(status)}<strong>${subject}</strong> ${says}</p>
    ${because && html`<p class="quiet">Not known: ${because.kind}${because.action ? html` <code>${because.action}</code>` : ""}: ${because.why}</p>`}
    ${explainedBy !== null && html`<p>Explained by <a href=${`#${cause ?? "findings"}`}>${explainedBy}</a></p>`}
    ${waiver && html`<p>Accepted ${termsOf(waiver)}</p>`}
    ${remedy(fix)}
    ${Object.keys(evidence).length > 0 && html`<details class="evidence"><summary>Evidence<span class="spoken"> of ${subject}</span></summary>${evidenceOf(evidence)}</details>`}
  </li>`;
}
