import type { Report } from "../../report.ts";
import { sorted } from "../text/sorted.ts";
import { counted, coverageOf, meaning, placeOf } from "../text/words.ts";
import { html, type Markup } from "./markup.ts";
import { momentOf } from "./readings.ts";
import { mute, type Sign } from "./signs.ts";

const classes = { GO: "go", "NO-GO": "no-go", HOLD: "hold" } as const;
const signs = { GO: "pass", "NO-GO": "fail", HOLD: "pending" } as const;

/** The verdict, whose it is, and the one thing to do first. */
export function bannerOf(report: Report): Markup {
  const { verdict, deployment, scene, finishedAt, counts } = report;
  const { causes, moving } = sorted(report);
  const [first] = [...causes, ...moving];
  const rest = causes.length + moving.length - 1;
  const place = [scene, ...placeOf(deployment)];
  const shown = (["pass", "fail", "pending", "unknown", "skip", "waived"] as const).filter((status) => counts[status] > 0);
  const words: Readonly<Record<Sign, string>> = {
    pass: "passed",
    fail: "failed",
    pending: "pending",
    unknown: "unknown",
    skip: "skipped",
    waived: "waived",
  };
  return html`<header><div class=${`banner ${classes[verdict]}`}>
    <div class="inner">
      <p class="verdict">${mute(signs[verdict])}${verdict}</p>
      <div>
        <h1>${deployment.name} ${meaning(report)}.</h1>
        <p class="place">${place.join(" · ")} · ${momentOf(finishedAt)} UTC</p>
      </div>
    </div>
    ${first && html`<p class="inner first"><span><strong>First:</strong> ${first.says}.${first.fix ? ` ${first.fix.do}` : ""} <a href="#causes">${rest > 0 ? `This and ${rest} more` : "How"}</a></span></p>`}
  </div>
  <div class="counts">
    <ul aria-label="Findings">${shown.map((status) => html`<li>${mute(status)}<strong>${counts[status]}</strong> ${words[status]}</li>`)}</ul>
    <p class="quiet">${coverageOf(report)}. ${counted(report.checks.length, "check")} asked.</p>
  </div></header>`;
}
