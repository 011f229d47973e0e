/** Two subjects of which one leans on the other, or watches it. */
export type Pair = [from: string, to: string];

/** Each pair once, and none of a thing with itself. */
export function distinct(pairs: readonly Pair[]): readonly Pair[] {
  const different = pairs.filter(([from, to]) => from !== to);
  return [...new Map(different.map((pair) => [JSON.stringify(pair), pair])).values()];
}

/** The pairs without what is not known: what leant on that leans on what that leant on. */
export function contracted(links: readonly Pair[], known: ReadonlySet<string>): readonly Pair[] {
  const forward = Map.groupBy(links, ([from]) => from);
  const beyond = (from: string): readonly string[] => {
    const [seen, found, open] = [new Set<string>(), new Set<string>(), [from]];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const [, to] of forward.get(next) ?? []) {
        if (known.has(to)) found.add(to);
        else if (!seen.has(to)) open.push(to);
        seen.add(to);
      }
    }
    return [...found];
  };
  return distinct([...known].flatMap((from) => beyond(from).map((to): Pair => [from, to])));
}

/** The pairs without those that only say what a way by others says as well; what `stays` is kept all the same. */
export function withoutShortcuts(links: readonly Pair[], stays: (from: string) => boolean): readonly Pair[] {
  const next = Map.groupBy(links, ([from]) => from);
  const leads = (from: string, to: string): boolean => {
    const [seen, open] = [new Set([from]), (next.get(from) ?? []).map(([, one]) => one).filter((one) => one !== to)];
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      if (one === to) return true;
      if (!seen.has(one)) open.push(...(next.get(one) ?? []).map(([, further]) => further));
      seen.add(one);
    }
    return false;
  };
  return links.filter(([from, to]) => stays(from) || !leads(from, to));
}

/** The shortest way between two in the direction of the pairs, whichever of the two comes first. */
export const wayBetween = (one: string, other: string, links: readonly Pair[]): readonly Pair[] | undefined =>
  shortest(one, other, links) ?? shortest(other, one, links);

function shortest(from: string, to: string, links: readonly Pair[]): readonly Pair[] | undefined {
  const next = Map.groupBy(links, ([start]) => start);
  const ways = new Map<string, readonly Pair[]>([[from, []]]);
  for (const [place, way] of ways) {
    if (place === to) return way;
    for (const link of next.get(place) ?? []) if (!ways.has(link[1])) ways.set(link[1], [...way, link]);
  }
  return undefined;
}
