import { setImmediate as nextTurn } from "node:timers/promises";
import { factsOf } from "./countdown.ts";
import type { Fact } from "./fact.ts";
import { Unasked } from "./failure.ts";
import { gather, type Means, type Snapshot } from "./gather.ts";
import { judge } from "./judge.ts";
import { confirmed } from "./moved.ts";
import type { Job } from "./wait.ts";

/** Of a round's time, what is left for asking at the end whether anything moved: one call that hangs must not take that answer too. */
const lastPart = 0.15;

/**
 * One round of asking, within its deadline. While the checks that come first do not pass, nothing else is asked. With `meanwhile`, it ends
 * with asking whether anything moved, and hands out what was gathered while that is under way.
 */
export async function askOnce(
  job: Job,
  facts: readonly Fact[],
  before: Pick<Means, "earlier" | "keep">,
  meanwhile?: (gathered: Snapshot) => void,
): Promise<Snapshot> {
  const { port, web, config, clock, lacking = {}, discretion } = job;
  const [limit, last] = [timeLimit(job.deadline * (1 - lastPart)), timeLimit(job.deadline)];
  const signal = AbortSignal.any([job.signal, limit.signal]);
  const onFact = (fact: string) => job.onProgress?.({ type: "read", fact });
  const means: Means = { port, web, config, clock, signal, lacking, discretion, onFact, ...before };
  try {
    const first = job.countdown.checks.filter((check) => check.first);
    const opening = await gather(factsOf(first), means);
    const { checks } = judge({ checks: first, notAsked: [] }, opening, job);
    const shut = checks.find(({ status }) => status !== "pass" && status !== "skip");
    if (shut)
      return await gather(facts, { ...means, ...refusing(`${shut.id} comes first, and did not pass`), earlier: opening, keep: "all" });

    const earlier = { ...opening, facts: { ...before.earlier?.facts, ...opening.facts } };
    const gathered = await gather(facts, { ...means, earlier });
    if (!meanwhile) return gathered;
    const ending = confirmed(gathered, facts, { ...means, signal: AbortSignal.any([job.signal, last.signal]) });
    await nextTurn();
    meanwhile(gathered);
    return await ending;
  } finally {
    limit.clear();
    last.clear();
  }
}

/** A signal that time has run out. Unlike `AbortSignal.timeout` it keeps the process alive until then, or until it is cleared. */
function timeLimit(ms: number): { readonly signal: AbortSignal; readonly clear: () => void } {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new DOMException("time ran out", "TimeoutError")), ms);
  return { signal: limit.signal, clear: () => clearTimeout(timer) };
}

/** Ways out that nothing leaves by: whatever is asked is `unasked`, for this reason. */
export function refusing(why: string): Pick<Means, "port" | "web"> {
  const refuse = () => Promise.reject(new Unasked(why));
  return { port: refuse, web: Object.assign(() => refuse(), { handshake: refuse }) };
}
