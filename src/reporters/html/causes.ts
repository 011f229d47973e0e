import type { Report } from "../../report.ts";
import { quoteIn } from "../text/quote.ts";
import { type Root, type Sorted, sorted } from "../text/sorted.ts";
import { counted, deployAgain, leftOpen, type Told, termsOf } from "../text/words.ts";
import type { Anchors } from "./anchors.ts";
import { commands, remedy } from "./commands.ts";
import { html, type Markup } from "./markup.ts";
import { sign, signOf } from "./signs.ts";

/** What to mend, the worst first: root causes, what is still moving, warnings, and whatever else is not as it should be. */
export function causesOf(report: Report, anchors: Anchors): Markup {
  const { causes, moving, warnings, alsoFailing, alsoMoving, gaps, waived }: Sorted = sorted(report);
  const byId = new Map(report.checks.flatMap(({ findings }) => findings.map((finding) => [finding.id, finding] as const)));
  const link = (id: string, says = ""): Markup => {
    const finding = byId.get(id);
    return html`<a href=${`#${anchors.get(id) ?? "findings"}`}>${finding && sign(signOf(finding))}${id.slice(id.indexOf("/") + 1)}</a>${says && ` ${says}`}`;
  };
  const root = (one: Root) => rootCause(one, link, byId);
  const finding = (one: Told) => html`<article class="cause">
    <h4>${link(one.id)} ${one.says} <code>${one.check.id}</code></h4>${remedy(one.fix)}
  </article>`;
  const parts = [
    part(causes.length === 1 ? "Root cause" : "Root causes", causes.map(root)),
    part("Still moving", moving.map(root)),
    part(warnings.length === 1 ? "Warning" : "Warnings", warnings.map(root)),
    part("Failing as well", alsoFailing.map(finding)),
    part("Moving as well", alsoMoving.map(finding)),
    part("Not known", gaps.map(gap)),
    part(
      "Waived",
      waived.map((one) => waiver(one, link)),
    ),
  ].filter((one) => one !== null);
  const isAccepted = parts.length === 1 && waived.length > 0;
  return parts.length > 0 && html`<section id="causes"><h2>${isAccepted ? "Accepted for now" : "What to do"}</h2>${parts}</section>`;
}

const part = (title: string, blocks: readonly Markup[]): Markup => (blocks.length > 0 ? html`<h3>${title}</h3>${blocks}` : null);

type Link = (id: string, says?: string) => Markup;
type ById = ReadonlyMap<string, { readonly says: string }>;

function rootCause({ of, says, alike, explains, chain, recheck, fix, afterwards }: Root, link: Link, byId: ById): Markup {
  const words = quoteIn(of);
  return html`<article class=${`cause ${of.status}`}>
    <h4>${sign(of.status)}${says} <code>${of.check.id}</code></h4>
    ${
      chain.length > 1 &&
      html`<ol class="way" aria-label="From the cause to what users see">
      ${chain.map((id) => html`<li><p>${link(id)} <span class="quiet">${byId.get(id)?.says ?? ""}</span></p></li>`)}
    </ol>`
    }
    ${words && html`<figure><figcaption>Last words of ${words.of}</figcaption><pre class="quote" tabindex="0" role="group" aria-label="Last words">${words.lines.join("\n")}</pre></figure>`}
    ${remedy(fix)}
    ${afterwards.length > 0 && html`<div class="fix"><p>${deployAgain}</p>${commands(afterwards)}</div>`}
    ${list(`${alike.length} more alike`, alike, link)}
    ${list(`Explains ${counted(explains.length, "finding")}`, explains, link)}
    ${recheck.length > 1 && html`<p class="quiet">Asked again once it is mended: ${recheck.join(", ")}.</p>`}
  </article>`;
}

const list = (title: string, ids: readonly string[], link: Link): Markup =>
  ids.length > 0 &&
  html`<details><summary>${title}</summary><ul class="plain">${ids.map((id) => html`<li>${link(id)} <code>${id.slice(0, id.indexOf("/"))}</code></li>`)}</ul></details>`;

const gap = ({ because: { kind, action, why }, findings }: Sorted["gaps"][number]) => html`<article class="cause unknown">
  <h4>${sign("unknown")}${kind}${action ? html` <code>${action}</code>` : ""}: ${why}</h4>
  <p class="quiet">Leaves open ${leftOpen(findings)}.</p>
</article>`;

const waiver = ({ id, says, check, waiver, fix }: Told, link: Link) => html`<article class="cause waived">
  <h4>${link(id)} ${says} <code>${check.id}</code></h4>
  ${waiver && html`<p>Accepted ${termsOf(waiver)}</p>`}
  ${remedy(fix)}
</article>`;
