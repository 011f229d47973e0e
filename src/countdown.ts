import type { Check, NamedCheck, Scene, Severity } from "./check.ts";
import type { Config } from "./config.ts";
import { withNeeds } from "./gather.ts";

/** A check that is asked in a scene, and what it weighs there. */
export type PlannedCheck = NamedCheck & { readonly severity: Severity };

/** The checks of one run, and the ids of those of its scene that were left out. */
export interface Countdown {
  readonly checks: readonly PlannedCheck[];
  readonly notAsked: readonly string[];
}

/** Which checks a run asks: those of its scene, narrowed by ids, numbers (`210`) or stations (`2xx`). */
export interface Selection {
  readonly scene: Scene;
  readonly severity: Config["severity"];
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
}

/** Plans a run. With `only`, the checks that face absence for what it asks are part of it, and so are those that come first. */
export function plan(all: readonly NamedCheck[], { scene, severity, only = [], skip = [] }: Selection): Countdown {
  const inScene = all.flatMap((check): PlannedCheck[] => {
    const weight = severityIn(check, scene, severity[check.id]);
    return weight ? [{ ...check, severity: weight }] : [];
  });
  const wanted = inScene.filter(
    (check) => (only.length === 0 || only.some((one) => names(one, check))) && !skip.some((one) => names(one, check)),
  );
  const facts = withNeeds(wanted.flatMap(({ about, needs }) => [about, ...needs])).map(({ id }) => id);
  const supports = (check: Check) => check.first || check.accountsFor.some(({ id }) => facts.includes(id));

  const checks = inScene.filter(
    (check) => wanted.includes(check) || (wanted.length > 0 && supports(check) && !skip.some((one) => names(one, check))),
  );
  return { checks, notAsked: inScene.filter((check) => !checks.includes(check)).map(({ id }) => id) };
}

/** Whether a word of the command line means this check. */
export function names(word: string, { id, order }: NamedCheck): boolean {
  return word === id || word === `${order}` || (/^\dxx$/.test(word) && word[0] === `${order}`[0]);
}

/** What a check weighs in a scene; nothing where it is not asked there. */
export function severityIn({ severity }: Check, scene: Scene, override?: Config["severity"][string]): Severity | undefined {
  const own = typeof severity === "string" ? severity : severity[scene];
  return (typeof override === "string" ? override : override?.[scene]) ?? own;
}

/** Every fact that the checks ask of, by way of others too. */
export const factsOf = (checks: readonly Check[]) => withNeeds(checks.flatMap(({ about, needs }) => [about, ...needs]));
