import type { Report } from "../../report.ts";
import { type Told, told } from "../text/words.ts";
import { folded, type Group, type Stack } from "./fold.ts";
import { countOf, depthOf, kindOf, shown } from "./kinds.ts";
import { owners, standsAlone, toRoutes } from "./owners.ts";
import { contracted, distinct, type Pair, wayBetween, withoutShortcuts } from "./pairs.ts";
import { rootsOf, stepsOf } from "./roots.ts";
import { type Sign, worst } from "./signs.ts";
import { watchersOf } from "./watchers.ts";

/** Something that people know by its name, or several of them that are all alike. */
export interface Node {
  readonly id: string;
  readonly kind: string;
  readonly subjects: readonly string[];
  /** What belongs to it and is not worth a node of its own, such as `10 references`. */
  readonly parts: readonly string[];
  readonly sign: Sign;
  readonly findings: readonly Told[];
  /** Which root cause it is, from 0. */
  readonly root: number | null;
  /** Alarms that watch it, as long as nothing is wrong with them or with whom they tell; they stand at it. */
  readonly watchers: readonly Watcher[];
}

/** An alarm, or several that are alike, and whom it tells. */
export interface Watcher {
  readonly node: Node;
  readonly tells: readonly Node[];
}

/** What stands nearer to the user first; `chain` where a failure has come this way. */
export interface Edge {
  readonly from: Node;
  readonly to: Node;
  readonly chain: boolean;
}

/** The stack: what leans on what, and what stands beside it. */
export interface Graph {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  readonly beside: readonly Node[];
}

/** The stack of a report, as people know it: what only connects is an edge, what is alike is one node, and a root cause is always a node. */
export function graphOf(report: Report): Graph {
  const findings = Map.groupBy(told(report), ({ subject }) => subject);
  const roots = rootsOf(report);
  const subjects = [...new Set([...findings.keys(), ...report.links.flat()])];
  const stated = [...report.links, ...toRoutes(subjects)];
  const owner = owners(subjects, stated, (subject) => standsAlone(subject, worst(findings.get(subject) ?? []), roots.has(subject)));
  const members = Map.groupBy(subjects, (subject) => owner.get(subject) ?? subject);
  const known = [...members].filter(([, own]) => own.some((subject) => findings.has(subject)));
  const owned = distinct(stated.map(([from, to]) => [owner.get(from) ?? from, owner.get(to) ?? to]));
  const links = contracted(owned, new Set(known.map(([subject]) => subject)));

  const groups = known.map(([subject, own]): Group => {
    const all = own.flatMap((one) => findings.get(one) ?? []);
    const root = roots.get(subject) ?? null;
    return { kind: kindOf(subject), subjects: [subject], members: own, sign: worst(all), findings: all, root };
  });
  return drawn(folded({ groups, links: links.map(oriented) }), report);
}

/** From what is nearer to the user to what is further away, whichever leans on which. */
const oriented = ([from, to]: Pair): Pair => (depthOf(kindOf(from)) > depthOf(kindOf(to)) ? [to, from] : [from, to]);

function drawn({ groups, links }: Stack, report: Report): Graph {
  const bare = groups.map(
    ({ members, ...group }, n): Node => ({ ...group, id: `n${n + 1}`, parts: partsOf(group.subjects, members), watchers: [] }),
  );
  const sparse = withoutShortcuts(links, (from) => shown(kindOf(from)).watches ?? false);
  const watching = watchersOf(bare, sparse);
  const nodes = bare.map((node) => ({ ...node, watchers: watching.filter(({ at }) => at === node).map(({ watcher }) => watcher) }));
  const byFirst = new Map(nodes.map((node) => [node.subjects[0] ?? "", node]));
  const apart = new Set(watching.map(({ watcher }) => watcher.node.subjects[0]));
  const necessary = sparse.filter((pair) => !pair.some((one) => apart.has(one)));
  const ways = stepsOf(report, nodes).flatMap(([symptom, cause]) => wayBetween(symptom, cause, necessary) ?? [oriented([symptom, cause])]);
  const chain = new Set(ways.map((pair) => JSON.stringify(pair)));
  const edges = distinct([...necessary, ...ways]).flatMap((pair): Edge[] => {
    const [from, to] = [byFirst.get(pair[0]), byFirst.get(pair[1])];
    return from && to ? [{ from, to, chain: chain.has(JSON.stringify(pair)) }] : [];
  });
  const connected = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const isPlaced = (node: Node) => connected.has(node) || node.watchers.length > 0;
  const beside = nodes.filter((node) => !isPlaced(node) && !apart.has(node.subjects[0]));
  return { nodes: nodes.filter(isPlaced), edges, beside };
}

function partsOf(subjects: readonly string[], members: readonly string[]): readonly string[] {
  const parts = members.filter((member) => !subjects.includes(member) && !shown(kindOf(member)).always);
  const counted = [...Map.groupBy(parts, kindOf)].filter(([kind]) => (shown(kind).fold ?? 4) < 4);
  return counted.map(([kind, own]) => countOf(own.length, kind));
}
