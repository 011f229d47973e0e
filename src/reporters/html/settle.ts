/** Something in a column: a node, or a line that passes. Its `y` is moved. */
export interface Item {
  readonly column: number;
  readonly height: number;
  readonly near: { readonly item: Item; readonly weight: number }[];
  y: number;
}

const gap = 14;
const rounds = 40;

/** Moves everything as near to what it is connected with as its column has room, in the order that it has there. The height of it all. */
export function settled(items: readonly Item[], margin: number): number {
  const columns = [...Map.groupBy(items, ({ column }) => column)]
    .toSorted(([one], [other]) => one - other)
    .map(([, own]) => own.toSorted((one, other) => one.y - other.y));
  for (let round = 0; round < rounds; round++) for (const column of round % 2 === 0 ? columns : columns.toReversed()) settle(column);
  const top = Math.min(...items.map(({ y, height }) => y - height / 2)) - margin;
  for (const item of items) item.y = Math.round(item.y - top);
  return Math.ceil(Math.max(0, ...items.map(({ y, height }) => y + height / 2)) + margin);
}

interface Block {
  readonly weight: number;
  readonly wish: number;
  readonly size: number;
}

/** The places nearest to the wishes that leave enough room in between: isotonic regression, by pooling those that are in each other's way. */
function settle(column: readonly Item[]): void {
  const offsets: number[] = [];
  for (const [n, { height }] of column.entries()) {
    const before = column[n - 1];
    offsets.push(before ? (offsets[n - 1] ?? 0) + (before.height + height) / 2 + gap : 0);
  }
  const blocks: Block[] = [];
  for (const [n, item] of column.entries()) {
    const weight = item.near.reduce((sum, one) => sum + one.weight, 0);
    const wish = weight > 0 ? item.near.reduce((sum, one) => sum + one.item.y * one.weight, 0) / weight : item.y;
    let block: Block = { weight: Math.max(weight, 0.1), wish: wish - (offsets[n] ?? 0), size: 1 };
    for (let last = blocks.at(-1); last && last.wish > block.wish; last = blocks.at(-1)) {
      blocks.pop();
      const sum = last.weight + block.weight;
      block = { weight: sum, wish: (last.wish * last.weight + block.wish * block.weight) / sum, size: last.size + block.size };
    }
    blocks.push(block);
  }
  const places = blocks.flatMap(({ wish, size }) => Array.from({ length: size }, () => wish));
  for (const [n, item] of column.entries()) item.y = (places[n] ?? 0) + (offsets[n] ?? 0);
}
