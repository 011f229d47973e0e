import type { Report } from "../report.ts";
import { defineReporter } from "../reporter.ts";
import { anchorsOf, leadsTo } from "./html/anchors.ts";
import { bannerOf } from "./html/banner.ts";
import { causesOf } from "./html/causes.ts";
import { colophonOf, runbookOf, sinceOf } from "./html/colophon.ts";
import { costOf } from "./html/cost.ts";
import { documentOf } from "./html/document.ts";
import { findingsOf } from "./html/findings.ts";
import { graphOf, type Node } from "./html/graph.ts";
import { html, type Markup } from "./html/markup.ts";
import { besideOf, outlineOf } from "./html/outline.ts";
import { pageStyle, stackStyle } from "./html/page-style.ts";
import { pictureOf } from "./html/picture.ts";
import { pageScript } from "./html/script.ts";
import { mute, signDefinitions, words } from "./html/signs.ts";
import { baseStyle } from "./html/style.ts";
import { timelineOf } from "./html/timeline.ts";
import { waitingOf } from "./html/waiting.ts";
import { allVisible } from "./text/visible.ts";

/** One file that needs nothing else: the stack as a picture, what to do, when it happened, and every finding. For screens, print and ears. */
export default defineReporter((raw, _place, hidden) => {
  const [report, snapshot] = [allVisible(raw), allVisible(hidden)];
  const anchors = anchorsOf(report);
  const graph = graphOf(report);
  const leads = leadsTo(anchors, report);
  const all = [...graph.nodes, ...graph.nodes.flatMap(({ watchers }) => watchers.map(({ node }) => node)), ...graph.beside];
  const nodes = new Map(all.flatMap((node) => node.findings.map(({ id }) => [id, node.id] as const)));
  const { drawing, width } = pictureOf(graph, report, leads);

  const body = html`
    <a class="skip-link" href="#findings">To all findings</a>
    ${signDefinitions()}
    ${bannerOf(report)}
    <main>
      <section id="picture">
        <h2>The stack</h2>
        ${graph.nodes.length > 0 && html`<div class="scroll stack-box" tabindex="0" role="region" aria-label="The stack">${drawing}</div>`}
        ${besideOf(graph.beside, report, leads)}
        ${legend(
          all,
          graph.edges.some(({ chain }) => chain),
          report,
        )}
        ${graph.nodes.length > 0 && html`<details><summary>The same as a list</summary>${outlineOf(graph, report, leads)}</details>`}
      </section>
      ${causesOf(report, anchors)}
      ${runbookOf(report)}
      ${timelineOf(snapshot, report)}
      ${waitingOf(report)}
      ${costOf(snapshot)}
      ${sinceOf(report, anchors)}
      ${findingsOf(report, anchors, ({ id }) => nodes.get(id))}
    </main>
    ${colophonOf(report)}
    <p id="said" class="spoken" role="status"></p>`;
  return documentOf({
    title: `${report.verdict}: ${report.deployment.name}`,
    style: `${baseStyle}${pageStyle}${stackStyle(width)}`,
    script: pageScript,
    data: { id: "report", value: raw },
    body,
  });
});

function legend(nodes: readonly Node[], hasChain: boolean, { deployment, rootCauses }: Report): Markup {
  const used = (["pass", "fail", "pending", "unknown", "skip", "waived"] as const).filter((status) =>
    nodes.some((node) => node.sign === status),
  );
  const isCut = nodes.some(({ subjects }) => subjects.some((subject) => subject.includes(`:${deployment.name}-`)));
  const isMoving = rootCauses.length > 0 && !nodes.some(({ root, sign }) => root !== null && sign !== "pending");
  return html`<ul class=${isMoving ? "legend moving" : "legend"}>
    ${used.map((status) => html`<li>${mute(status)}${words[status]}</li>`)}
    ${hasChain && html`<li><svg class="line" viewBox="0 0 40 12" aria-hidden="true"><path class="arrow" d="M0 6H40" /></svg> the way from a symptom to its cause</li>`}
    ${isCut && html`<li>Names are without “${deployment.name}-”.</li>`}
  </ul>`;
}
