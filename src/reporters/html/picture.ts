import type { Report } from "../../report.ts";
import type { Leads } from "./anchors.ts";
import { arrow, arrowHead } from "./arrows.ts";
import type { Graph, Node, Watcher } from "./graph.ts";
import { countOf } from "./kinds.ts";
import { labelOf } from "./labels.ts";
import { type Box, placed, type Size } from "./layout.ts";
import { html, type Markup } from "./markup.ts";
import { drawnSign, words } from "./signs.ts";

const width = 146;
/** Letters of a fixed width that fit into a line of a node. */
const letters = 18;

/** How a drawing is told what it needs. */
interface Sheet {
  readonly deployment: string;
  readonly leads: Leads;
}

const [watcherHeight, flagHeight] = [21, 14];

const sizeOf =
  (deployment: string) =>
  (node: Node): Size => {
    const lines = labelOf(node, deployment, letters).lines.length + (node.parts.length > 0 ? 1 : 0);
    return { width, above: node.root === null ? 0 : flagHeight, frame: 26 + lines * 15, below: node.watchers.length * watcherHeight };
  };

/** The stack as a drawing in which each node is a link, and how wide it is by itself. */
export function pictureOf(
  graph: Graph,
  { deployment, rootCauses }: Report,
  leads: Leads,
): { readonly drawing: Markup; readonly width: number } {
  const sheet = { deployment: deployment.name, leads };
  const place = placed(graph, sizeOf(deployment.name));
  const edges = graph.edges.toSorted((one, other) => Number(one.chain) - Number(other.chain));
  const isMoving = rootCauses.length > 0 && graph.nodes.every(({ root, sign: status }) => root === null || status === "pending");
  const drawing = html`<svg class=${isMoving ? "stack moving" : "stack"} viewBox=${`0 0 ${place.width} ${place.height}`} role="group" aria-label="The stack, as a graph">
    <defs>${["", "chain"].map(arrowHead)}</defs>
    <g aria-hidden="true">${edges.map((edge) => arrow(edge, place))}</g>
    ${graph.nodes.map((node) => drawnNode(node, place.boxes.get(node), sheet))}
  </svg>`;
  return { drawing, width: place.width };
}

function drawnNode(node: Node, box: Box | undefined, { deployment, leads }: Sheet): Markup {
  if (!box) return null;
  const { kind, lines } = labelOf(node, deployment, letters);
  const { left, top, height } = box;
  const drawn = html`<a href=${leads(node)} class=${`node ${node.sign}${node.root === null ? "" : " root"}`} data-node=${node.id}>
    <text class="heard" x=${left} y=${top}>${spoken(node, deployment)}</text>
    <g aria-hidden="true"><title>${titleOf(node)}</title>
    <rect class="frame" x=${left} y=${top} width=${box.width} height=${height} rx="7" />
    ${node.root !== null && flag(node, left, top)}
    ${drawnSign(node.sign, left + 7, top + 6, 15)}
    <text class="kind" x=${left + 27} y=${top + 17}>${kind}</text>
    ${lines.map((text, n) => html`<text class="name" x=${left + 8} y=${top + 33 + n * 15}>${text}</text>`)}
    ${node.parts.length > 0 && html`<text class="parts" x=${left + 8} y=${top + 33 + lines.length * 15}>${`with ${node.parts.join(", ")}`}</text>`}
    </g>
  </a>`;
  return [
    drawn,
    ...node.watchers.map((watcher, n) => drawnWatcher(watcher, { left, top: top + height + n * watcherHeight }, { deployment, leads })),
  ];
}

/** An alarm stands below what it watches, and says whom it tells. */
function drawnWatcher(
  { node, tells }: Watcher,
  { left, top }: { readonly left: number; readonly top: number },
  { deployment, leads }: Sheet,
): Markup {
  const whom = tells.map((one) => labelOf(one, deployment, 40).lines.join(""));
  const text = `${countOf(node.subjects.length, node.kind)}${whom.length > 0 ? ` → ${whom.join(", ")}` : ""}`;
  return html`<a href=${leads(node)} class=${`node watcher ${node.sign}`} data-node=${node.id}>
    <text class="heard" x=${left} y=${top}>${spoken(node, deployment)}</text>
    <g aria-hidden="true"><title>${titleOf(node)}</title>
    <rect class="frame" x=${left + 12} y=${top + 2} width=${width - 24} height=${watcherHeight - 3} rx="9" />
    ${drawnSign(node.sign, left + 17, top + 5, 12)}
    <text class="parts" x=${left + 33} y=${top + 15}>${text.length > 18 ? `${text.slice(0, 17)}…` : text}</text></g>
  </a>`;
}

/** What it is to the others stands above it, in words. */
function flag({ sign: status }: Node, left: number, top: number): Markup {
  const text = status === "pending" ? "waited for first" : "root cause";
  return html`<g class="flag"><rect x=${left + 8} y=${top - flagHeight} width=${text.length * 6.6 + 12} height="16" rx="4" /><text x=${left + 14} y=${top - 2}>${text}</text></g>`;
}

/** All that a node stands for, for whoever points at it. */
function titleOf({ subjects, findings, sign: status }: Node): string {
  const bad = findings
    .filter((finding) => finding.status !== "pass" && finding.status !== "skip")
    .map(({ subject, says }) => `${subject} ${says}`);
  const all = [...subjects.slice(0, 12), ...(subjects.length > 12 ? [`and ${subjects.length - 12} more`] : [])];
  return [`${words[status]}: ${all.join(", ")}`, ...bad.slice(0, 6), ...(bad.length > 6 ? [`and ${bad.length - 6} more`] : [])].join("\n");
}

function spoken(node: Node, deployment: string): string {
  const { whole } = labelOf(node, deployment, letters);
  return `${whole}: ${words[node.sign]}${node.root === null ? "" : ", root cause"}`;
}
