import type { Node, Watcher } from "./graph.ts";
import { depthOf, shown } from "./kinds.ts";
import type { Pair } from "./pairs.ts";
import { isGood } from "./signs.ts";

/** The alarms that can stand at what they watch: arrows to all of them would hide the stack, and tell nothing. */
export function watchersOf(nodes: readonly Node[], links: readonly Pair[]): readonly { readonly at: Node; readonly watcher: Watcher }[] {
  const byFirst = new Map(nodes.map((node) => [node.subjects[0], node]));
  const outOf = Map.groupBy(links, ([from]) => from);
  const isWell = ({ sign, root }: Node) => isGood(sign) && root === null;
  return nodes.flatMap((node) => {
    if (!shown(node.kind).watches || !isWell(node)) return [];
    const near = (outOf.get(node.subjects[0] ?? "") ?? []).flatMap(([, other]) => byFirst.get(other) ?? []);
    const tells = near.filter(({ kind }) => shown(kind).told);
    const watched = near.filter(({ kind }) => !shown(kind).told && !shown(kind).watches);
    const [at] = watched.toSorted((one, other) => depthOf(one.kind) - depthOf(other.kind));
    return at && tells.every(isWell) ? [{ at, watcher: { node, tells } }] : [];
  });
}
