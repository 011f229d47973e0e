import type { Told } from "../text/words.ts";
import { shown } from "./kinds.ts";
import { distinct, type Pair } from "./pairs.ts";
import { type Sign, worst } from "./signs.ts";

/** One thing, or several that are shown as one: what they are, and what is a part of them. The first subject stands for it in the links. */
export interface Group {
  readonly kind: string;
  readonly subjects: readonly string[];
  readonly members: readonly string[];
  readonly sign: Sign;
  readonly findings: readonly Told[];
  readonly root: number | null;
}

/** Groups, and how they lean on each other. */
export interface Stack {
  readonly groups: readonly Group[];
  readonly links: readonly Pair[];
}

/** More than so many are no picture: then what is alike in kind and status is one, wherever it stands. */
const most = 70;

/** What is alike in kind, status and place is one; a root cause is one with nothing but what the report says is alike. */
export function folded(stack: Stack): Stack {
  let found = stack;
  for (let before = Number.POSITIVE_INFINITY; found.groups.length < before; ) {
    before = found.groups.length;
    found = foldedBy(alikeIn(found), found, ({ kind, root }) => (root === null ? (shown(kind).fold ?? 4) : 2));
  }
  const coarser = [
    ({ kind, sign, root }: Group) => [kind, sign, root],
    ({ kind, sign, root }: Group) => [kind, sign, root !== null],
    ({ kind, root }: Group) => [kind, root !== null],
  ];
  return coarser.reduce((one, key) => (one.groups.length > most ? foldedBy(key, one, () => 2) : one), found);
}

function alikeIn({ links }: Stack): (group: Group) => unknown {
  const [into, outOf] = [Map.groupBy(links, ([, to]) => to), Map.groupBy(links, ([from]) => from)];
  const around = (one: string) => [
    (into.get(one) ?? []).map(([from]) => from).toSorted(),
    (outOf.get(one) ?? []).map(([, to]) => to).toSorted(),
  ];
  return ({ kind, sign, root, subjects: [first = ""] }) => [kind, sign, root, root === null && around(first)];
}

function foldedBy(key: (group: Group) => unknown, { groups, links }: Stack, least: (group: Group) => number): Stack {
  const merged = [...Map.groupBy(groups, (group) => JSON.stringify(key(group))).values()].flatMap((own) => {
    const [first] = own;
    return first && own.length >= Math.max(least(first), 2) ? [joined(first, own)] : own;
  });
  const standsFor = new Map(merged.flatMap(({ subjects }) => subjects.map((subject): Pair => [subject, subjects[0] ?? subject])));
  return { groups: merged, links: distinct(links.map(([from, to]) => [standsFor.get(from) ?? from, standsFor.get(to) ?? to])) };
}

function joined({ kind, root }: Group, own: readonly Group[]): Group {
  const findings = own.flatMap((one) => one.findings);
  const [subjects, members] = [own.flatMap((one) => one.subjects), own.flatMap((one) => one.members)];
  return { kind, root, subjects, members, findings, sign: worst(findings) };
}
