import { Graph as Canvas, layout } from "@dagrejs/dagre";
import type { Edge, Graph, Node } from "./graph.ts";
import { type Item, settled } from "./settle.ts";

/** How much room a node takes: its frame, and what stands above and below it. */
export interface Size {
  readonly width: number;
  readonly above: number;
  readonly frame: number;
  readonly below: number;
}

/** A place of a drawing. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where the frame of a node is. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A graph with a place for everything. */
export interface Placed {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<Node, Box>;
  readonly lines: ReadonlyMap<Edge, readonly Point[]>;
}

type SizeOf = (node: Node) => Size;
const margin = 10;

/** Lays a graph out from left to right; what a failure has come by is kept as straight as can be. */
export function placed(graph: Graph, sizeOf: SizeOf): Placed {
  const canvas = arranged(graph, sizeOf);
  // Of its layout the columns and the order within them are taken; the heights are our own.
  const columns = [...new Set(graph.nodes.map(({ id }) => canvas.node(id).x ?? 0))].toSorted((one, other) => one - other);
  const items = new Map(graph.nodes.map((node) => [node, itemOf(canvas.node(node.id) as Standing, columns)]));
  const ways = new Map(graph.edges.map((edge) => [edge, wayOf(edge, canvas.edge(edge.from.id, edge.to.id).points ?? [], items, columns)]));
  const height = settled([...new Set([...items.values(), ...[...ways.values()].flat()])], margin);

  const boxes = new Map(
    [...items].map(([node, { column, y, height: whole }]) => {
      const { width, above, frame } = sizeOf(node);
      return [node, { left: Math.round((columns[column] ?? 0) - width / 2), top: Math.round(y - whole / 2 + above), width, height: frame }];
    }),
  );
  const lines = [...ways].map(
    ([edge, way]) => [edge, lineOf(boxes.get(edge.from), boxes.get(edge.to), way.slice(1, -1), columns)] as const,
  );
  return { width: Math.ceil(canvas.graph().width ?? 0), height, boxes, lines: new Map(lines) };
}

function arranged({ nodes, edges }: Graph, sizeOf: SizeOf): Canvas {
  const canvas = new Canvas({ directed: true });
  canvas.setGraph({ rankdir: "LR", nodesep: 14, ranksep: 30, edgesep: 12, marginx: 6, marginy: margin });
  canvas.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) {
    const { width, above, frame, below } = sizeOf(node);
    canvas.setNode(node.id, { width, height: above + frame + below });
  }
  for (const { from, to, chain } of edges) canvas.setEdge(from.id, to.id, { weight: chain ? 12 : 1 });
  layout(canvas);
  return canvas;
}

type Standing = Point & { readonly height: number };
const itemOf = ({ x, y, height }: Standing, columns: readonly number[]): Item => ({ column: columns.indexOf(x), y, height, near: [] });

/** From one item to the other through each column in between, where a line takes room as well; they draw each other from now on. */
function wayOf(
  { from, to, chain }: Edge,
  bends: readonly Point[],
  items: ReadonlyMap<Node, Item>,
  columns: readonly number[],
): readonly Item[] {
  const [start, end] = [items.get(from), items.get(to)];
  if (!start || !end) return [];
  const passes = columns.slice(start.column + 1, end.column).map((x): Item => {
    const [bend] = bends.toSorted((one, other) => Math.abs(one.x - x) - Math.abs(other.x - x));
    return itemOf({ x, y: bend?.y ?? start.y, height: 4 }, columns);
  });
  const way = [start, ...passes, end];
  const weight = chain ? 8 : 1;
  for (const [n, item] of way.slice(1).entries()) {
    const before = way[n] ?? start;
    item.near.push({ item: before, weight });
    before.near.push({ item, weight });
  }
  return way;
}

/** From the right side of one frame to the left side of the other, and straight through the columns in between. */
function lineOf(from: Box | undefined, to: Box | undefined, passes: readonly Item[], columns: readonly number[]): readonly Point[] {
  if (!from || !to) return [];
  const half = from.width / 2;
  const between = passes.flatMap(({ column, y }) => [-half, half].map((aside) => ({ x: (columns[column] ?? 0) + aside, y })));
  return [{ x: from.left + from.width, y: from.top + from.height / 2 }, ...between, { x: to.left, y: to.top + to.height / 2 }];
}
