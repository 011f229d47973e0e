import { curveBumpX, line } from "d3-shape";
import type { Edge } from "./graph.ts";
import type { Placed } from "./layout.ts";
import { html } from "./markup.ts";

/** The head of arrows of a kind, once in a drawing. */
export const arrowHead = (
  kind: string,
) => html`<marker id=${`arrow${kind}`} class=${kind} viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7"
  markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0.5L8 4L0 7.5z" /></marker>`;

const curve = line<{ readonly x: number; readonly y: number }>(
  ({ x }) => x,
  ({ y }) => y,
)
  .curve(curveBumpX)
  .digits(1);

/** Who watches or is told does not carry traffic. */
const isWatching = ({ from, to }: Edge) => [from, to].some(({ kind }) => kind === "alarm");

/** An arrow along the way that was laid out for it. */
export const arrow = (edge: Edge, { lines }: Placed) =>
  html`<path class=${edge.chain ? "arrow chain" : isWatching(edge) ? "arrow watching" : "arrow"} d=${curve(lines.get(edge) ?? [])} marker-end=${`url(#arrow${edge.chain ? "chain" : ""})`} />`;
