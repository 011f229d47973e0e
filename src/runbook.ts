import { sh } from "./check.ts";
import type { Config } from "./config.ts";
import { databases } from "./facts/databases.ts";
import { scalableTargets } from "./facts/scalable-targets.ts";
import { services } from "./facts/services.ts";
import type { Snapshot } from "./gather.ts";
import { placed } from "./placed.ts";
import { scaled, started } from "./runbook/bring-up.ts";
import { hindrances } from "./runbook/hindrances.ts";
import { type Judged, list, type Step, step, valuesOf } from "./runbook/step.ts";

/** What a runbook follows from. `meant` are the words of a command line that say which deployment is meant; else it is named by its cluster. */
export interface Stand {
  readonly snapshot: Pick<Snapshot, "facts">;
  readonly judgement: Judged;
  readonly config: Config;
  readonly meant?: string;
}

/** Whether anything wants no task, or is stopped. */
export function isAtRest({ facts }: Pick<Snapshot, "facts">): boolean {
  const resting = (valuesOf(services, { facts }) ?? []).some(({ desired }) => desired === 0);
  return resting || (valuesOf(databases, { facts }) ?? []).some(({ condition }) => condition === "stopped");
}

/** The ordered steps that bring this stack up, without what is up already; until it is GO, those that have to be done before. Pure. */
export function runbookOf(stand: Stand): Step[] {
  const { snapshot, judgement, config } = stand;
  const again = step("Run the checklist again.", [asking("checklist", stand)], "1 min");
  const stores = valuesOf(databases, snapshot);
  const steps = judgement.verdict === "GO" ? bringUp(stand, again) : [...hindrances(judgement, stores ?? []), again];
  return steps.map(({ takes, ...fix }) => ({ ...placed(fix, config), takes }));
}

function bringUp(stand: Stand, again: Step): readonly Step[] {
  const { snapshot, judgement, config } = stand;
  const [all, stores] = [valuesOf(services, snapshot), valuesOf(databases, snapshot)];
  // A run that was narrowed may not have looked at what would be started.
  if (!all || (!stores && Object.keys(config.databases).length > 0)) {
    const left = judgement.notAsked.length > 0 ? ` Not asked: ${judgement.notAsked.join(", ")}.` : "";
    return [{ ...again, do: `Run the whole checklist: it is not known what there is to start.${left}` }];
  }
  const gate = step("Ask the gate whether it may carry traffic.", [asking("gate", stand)], "1-10 min");
  const steps = [...started(stores ?? []), ...scaled(all, config, snapshot.facts[scalableTargets.id])];
  if (steps.length > 0) return [...steps, gate];
  const up = [
    ...(stores ?? []).map(({ name }) => `${name} is available`),
    ...all.map(({ name, running }) => `${name} runs ${running} tasks`),
  ];
  return [{ ...gate, do: `Nothing has to be started: ${list(up)}. Ask the gate whether it may carry traffic.` }];
}

function asking(command: "checklist" | "gate", { config: { cluster, region }, meant }: Stand): string {
  const place = sh`--cluster ${cluster}` + (region === undefined ? "" : sh` --region ${region}`);
  return `seaworthy ${command} ${meant ?? place}`.trim();
}
