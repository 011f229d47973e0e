import type { Node } from "./graph.ts";
import { countOf, nameOf, shown } from "./kinds.ts";

/** What a node is called: its kind, and its name in as few lines as fit; `whole` is all of it. */
export interface Label {
  readonly kind: string;
  readonly lines: readonly string[];
  readonly whole: string;
}

/** The label of a node. What every name begins with, the deployment's own, is left out of the lines. */
export function labelOf({ kind, subjects }: Node, deployment: string, width: number): Label {
  const [first = ""] = subjects;
  const { one } = shown(kind);
  if (subjects.length > 1)
    return { kind: one, lines: broken(countOf(subjects.length, kind), width), whole: countOf(subjects.length, kind) };
  const name = nameOf(first);
  return { kind: one, lines: broken(short(name, deployment), width), whole: `${one} ${name}` };
}

/** A name without the deployment's, where it begins with that; the random part of a long id is cut. */
export function short(name: string, deployment: string): string {
  const own = name.length > deployment.length + 1 && name.startsWith(`${deployment}-`) ? name.slice(deployment.length + 1) : name;
  return /^[0-9a-f]{32}$/.test(own) ? `${own.slice(0, 8)}…` : own;
}

/** Two lines at the most, broken where a name has a joint; what is too long loses its middle. */
function broken(name: string, width: number): readonly string[] {
  const characters = [...name];
  if (characters.length <= width) return [name];
  const head = characters.slice(0, width).join("");
  const joint = Math.max(...["-", "/", ":", ".", "_", " "].map((mark) => head.lastIndexOf(mark))) + 1;
  const first = joint > width / 3 ? head.slice(0, joint) : head;
  const rest = [...name.slice(first.length)];
  const half = Math.floor((width - 1) / 2);
  return [first, rest.length <= width ? rest.join("") : `${rest.slice(0, half).join("")}…${rest.slice(-half).join("")}`];
}
