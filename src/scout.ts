import { loadSections } from "./discover.ts";
import type { Snapshot } from "./gather.ts";
import { type Inferred, infer, stages } from "./infer.ts";
import { askOnce } from "./round.ts";
import type { Job } from "./wait.ts";

/** What was inferred, and what is known from inferring it; nothing is, where all was stated. */
export interface Scouted extends Inferred {
  readonly opening?: Snapshot;
}

/** Asks for what it takes to infer what the configuration does not state, and fills it in. Never rejects. */
export async function scout(job: Omit<Job, "wait">): Promise<Scouted> {
  let found: Scouted = { config: job.config, lacking: {}, unfound: {} };
  if (job.config.inferred.length === 0) return found;
  const sections = await loadSections();
  for (const facts of stages(job.config, sections)) {
    const { config, lacking, opening: earlier } = found;
    const opening = await askOnce({ ...job, config, lacking, wait: 0 }, facts, earlier ? { earlier, keep: "all" } : {});
    found = { ...infer(config, opening, sections), opening };
  }
  return found;
}
