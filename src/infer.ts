import type { Config, Inferable } from "./config.ts";
import type { Fact, ValueOf } from "./fact.ts";
import type { Snapshot } from "./gather.ts";
import type { Look, Section } from "./section.ts";
import { type Missing, missingFrom, NotKnown } from "./view.ts";

/** What the lists of facts may lack, by fact, since what they were inferred from was not all known. */
export type Lacking = { readonly [factId: string]: readonly Missing[] };

/** What was inferred; what the lists of facts may lack; and the sections that could not be found, with the first thing that was not known. */
export interface Inferred {
  readonly config: Config;
  readonly lacking: Lacking;
  readonly unfound: { readonly [S in Inferable]?: Missing };
}

/** What must be gathered to infer what is not stated, one set after the other: the services first, since all else is about them. */
export function stages({ inferred }: Config, sections: readonly Section[]): readonly (readonly Fact[])[] {
  const open = sections.filter(({ section }) => inferred.includes(section));
  const [first, rest] = [open.filter(({ early }) => early), open.filter(({ early }) => !early)];
  return [first, rest].map((stage) => stage.flatMap(({ from }) => from)).filter((facts) => facts.length > 0);
}

/** Fills the sections that are to be inferred from what is deployed. Pure. What could not be read is said to be lacking, never left out. */
export function infer(config: Config, snapshot: Snapshot, sections: readonly Section[]): Inferred {
  const unfound: { [S in Inferable]?: Missing } = {};
  const lacking: Record<string, readonly Missing[]> = {};
  let filled = config;
  for (const { section, from, fills, find } of inOrder(sections)) {
    if (!config.inferred.includes(section) || !from.every(({ id }) => snapshot.facts[id])) continue;
    try {
      filled = { ...filled, ...find(lookingAt(snapshot), filled) };
    } catch (error) {
      if (!(error instanceof NotKnown)) throw error;
      unfound[section] = error.missing;
      for (const id of fills) lacking[id] = [error.missing];
    }
  }
  return { config: filled, lacking, unfound };
}

/** The configuration, with what it leaves to be inferred taken from an earlier one of the same deployment. */
export function asInferred(config: Config, earlier: Config): Config {
  const { routes, ...sections } = Object.groupBy(config.inferred, (section) => section);
  const whole = { ...config, ...Object.fromEntries(Object.keys(sections).map((section) => [section, earlier[section as keyof Config]])) };
  if (!routes) return whole;
  const routed = Object.entries(whole.services).map(([name, service]) => [name, { ...routeIn(earlier.services[name]), ...service }]);
  return { ...whole, services: Object.fromEntries(routed) };
}

const routeIn = ({ host, path, port }: Config["services"][string] = {}) => ({
  ...(host !== undefined && { host }),
  ...(path !== undefined && { path }),
  ...(port !== undefined && { port }),
});

/** The early ones first, and each after those that it follows. */
function inOrder(sections: readonly Section[]): readonly Section[] {
  const ordered = new Set<Section>();
  const add = (section: Section) => {
    if (ordered.has(section)) return;
    for (const one of sections) if (section.after.includes(one.section)) add(one);
    ordered.add(section);
  };
  sections.filter(({ early }) => early).forEach(add);
  sections.forEach(add);
  return [...ordered];
}

function lookingAt(snapshot: Snapshot): Look {
  const entries = <F extends Fact>({ id }: F) => {
    const collection = snapshot.facts[id];
    if (!collection) return [];
    const unread = missingFrom(collection).find(({ reading }) => reading.state === "unknown");
    if (unread) throw new NotKnown(unread);
    return Object.entries(collection.readings).flatMap(([name, reading]) =>
      reading.state === "known" ? [[name, reading.value as ValueOf<F>] as const] : [],
    );
  };
  return Object.assign(<F extends Fact>(fact: F) => entries(fact).map(([, value]) => value), { entries });
}
