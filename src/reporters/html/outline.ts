import type { Report } from "../../report.ts";
import type { Leads } from "./anchors.ts";
import type { Graph, Node, Watcher } from "./graph.ts";
import { nameOf } from "./kinds.ts";
import { labelOf } from "./labels.ts";
import { html, type Markup } from "./markup.ts";
import { sign } from "./signs.ts";

/** As much of a name as stands well in a row of others. */
const letters = 40;

/** Whatever stands beside the stack, as a row of links. */
export const besideOf = (nodes: readonly Node[], { deployment }: Report, leads: Leads): Markup =>
  nodes.length > 0 &&
  html`<ul class="beside" aria-label="Beside the stack">
    ${nodes.map((node) => {
      const { kind, lines } = labelOf(node, deployment.name, 40);
      return html`<li><a class=${`chip ${node.sign}`} href=${leads(node)} data-node=${node.id}>${sign(node.sign)}<span class="quiet">${kind}</span> ${lines.join("")}</a></li>`;
    })}
  </ul>`;

/** The same as a list in lists: under each thing, what it leans on. */
export function outlineOf({ nodes, edges }: Graph, { deployment }: Report, leads: Leads): Markup {
  const below = Map.groupBy(edges, ({ from }) => from);
  const lower = new Set(edges.map(({ to }) => to));
  const told = new Set<Node>();
  const watcherItem = ({ node, tells }: Watcher) => html`<li>
    <a href=${leads(node)} data-node=${node.id}>${sign(node.sign)}watched by ${node.subjects.map(nameOf).join(", ")}</a>
    <span class="quiet"> ${tells.length > 0 ? `telling ${tells.flatMap(({ subjects }) => subjects).join(", ")}` : ""}</span>
  </li>`;
  const item = (node: Node): Markup => {
    const again = told.has(node);
    told.add(node);
    const further = again ? [] : (below.get(node) ?? []);
    const { whole } = labelOf(node, deployment.name, letters);
    const aside = [
      node.root === null ? "" : "root cause",
      ...node.parts.map((part) => `with ${part}`),
      again && below.has(node) ? "see above" : "",
    ];
    const watched = again ? [] : node.watchers.map(watcherItem);
    return html`<li>
      <a href=${leads(node)} data-node=${node.id}>${sign(node.sign)}${whole}</a> <span class="quiet">${aside.filter((text) => text).join(", ")}</span>
      ${further.length + watched.length > 0 && html`<ul>${watched}${further.map(({ to }) => item(to))}</ul>`}
    </li>`;
  };
  return html`<ul class="outline">${nodes.filter((node) => !lower.has(node)).map(item)}</ul>`;
}
