import type { Report } from "../../report.ts";
import { kindOf, nameOf, shown } from "./kinds.ts";
import type { Pair } from "./pairs.ts";
import { isGood, type Sign } from "./signs.ts";

/** Whether a subject is shown by itself: it is no part of another, or something is wrong with it. A root cause always is. */
export function standsAlone(subject: string, sign: Sign, isRoot: boolean): boolean {
  const { within, always } = shown(kindOf(subject));
  return !within || isRoot || (!always && !isGood(sign));
}

/** The subject that each of the others is shown as a part of: a neighbour of the right kind, or one of that kind and the same name. */
export function owners(
  subjects: readonly string[],
  links: Report["links"],
  isAlone: (subject: string) => boolean,
): ReadonlyMap<string, string> {
  const neighbours = Map.groupBy([...links, ...links.map(([from, to]) => [to, from] as const)], ([from]) => from);
  const known = new Set(subjects);
  const found = subjects.flatMap((subject): Pair[] => {
    if (isAlone(subject)) return [];
    const { within = [] } = shown(kindOf(subject));
    const near = neighbours.get(subject)?.find(([, other]) => within.includes(kindOf(other)))?.[1];
    const namesake = within.map((kind) => `${kind}:${nameOf(subject)}`).find((one) => known.has(one));
    const owner = near ?? namesake;
    return owner === undefined ? [] : [[subject, owner]];
  });
  return new Map(found);
}

/** A route is named by its host and path, so that it can be seen whose it is. */
export function toRoutes(subjects: readonly string[]): readonly Pair[] {
  const routes = subjects.filter((subject) => kindOf(subject) === "route");
  const hosts = subjects.filter((subject) => kindOf(subject) === "host");
  return hosts.flatMap((host) =>
    routes.filter((route) => nameOf(route).startsWith(`${nameOf(host)}/`)).map((route): Pair => [host, route]),
  );
}
