import type { CauseId } from "../causes.ts";
import type { Said, Subject } from "./said.ts";

/** Another cause that the text leaves open, and what would tell it from the likelier one. */
export interface Alternative {
  readonly cause: CauseId;
  readonly tellsApart: string;
}

/**
 * What a message has to be for a cause. All that is stated has to hold. Patterns are in lower case, and are held against texts
 * in which every name is masked, so that a service called "access-denied" means nothing.
 */
export interface Rule {
  readonly cause: CauseId;
  /** In the text anywhere. */
  readonly says?: RegExp;
  /** In what is left once all wrappers are taken off, for what means something only at its beginning or alone. */
  readonly core?: RegExp;
  readonly unless?: RegExp;
  readonly about?: Subject | readonly Subject[];
  readonly when?: (said: Said) => boolean;
  readonly open?: readonly Alternative[];
}

/** The first rule that a message fits. */
export function firstThatFits(rules: readonly Rule[], said: Said): Rule | undefined {
  return rules.find((rule) => fits(rule, said));
}

function fits({ says, core, unless, about, when }: Rule, said: Said): boolean {
  if (says && !says.test(said.text)) return false;
  if (core && !core.test(said.core)) return false;
  if (unless?.test(said.text)) return false;
  if (about && !(said.subject && [about].flat().includes(said.subject))) return false;
  return when ? when(said) : true;
}
