const names: Readonly<Record<string, string>> = {
  1: "access",
  2: "secrets",
  3: "task definitions",
  4: "ground",
  5: "services",
  6: "load balancer",
  7: "endpoints",
  8: "alarms",
  9: "sign-off",
};

/** A stretch of the countdown: the checks of one hundred, such as `2xx secrets`. */
export interface Station<C> {
  readonly label: string;
  readonly name: string;
  readonly checks: readonly C[];
}

/** The stations that have checks, in countdown order. */
export function stationsOf<C extends { readonly order: number }>(checks: readonly C[]): readonly Station<C>[] {
  const hundreds = Map.groupBy(checks, ({ order }) => Math.floor(order / 100));
  return [...hundreds].sort(([a], [b]) => a - b).map(([n, own]) => ({ label: `${n}xx`, name: names[n] ?? "further", checks: own }));
}
