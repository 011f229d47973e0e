import type { Config, Inferable } from "./config.ts";
import type { Fact, ValueOf } from "./fact.ts";

/** Looks at a fact: all that is known of it. Ends the inference where something is not known; what is absent is left out. */
export interface Look {
  <F extends Fact>(fact: F): readonly ValueOf<F>[];
  /** With the names of the readings. */
  entries<F extends Fact>(fact: F): readonly (readonly [name: string, value: ValueOf<F>])[];
}

/** One way to find what is not stated, from what is deployed. */
export interface Section {
  readonly section: Inferable;
  /** What it is inferred from, and the facts that ask about what was found. */
  readonly from: readonly Fact[];
  /** The ids of the facts whose lists are short where it could not be found. */
  readonly fills: readonly string[];
  /** Its facts need nothing but the cluster's name: they are asked first, and what is found of them leads to the others. */
  readonly early: boolean;
  /** What has to be found before it. */
  readonly after: readonly Inferable[];
  find(look: Look, config: Config): Partial<Config>;
}

/** Defines how a section is found; late, and after none in particular, unless stated. */
export const defineSection = (section: Omit<Section, "early" | "after"> & Partial<Section>): Section => ({
  early: false,
  after: [],
  ...section,
});
