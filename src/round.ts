import { factsOf } from "./countdown.ts";
import type { Fact } from "./fact.ts";
import { Unasked } from "./failure.ts";
import { gather, type Means, type Snapshot } from "./gather.ts";
import { judge } from "./judge.ts";
import type { Job } from "./wait.ts";

/** One round of asking, within its deadline. While the checks that come first do not pass, nothing else is asked. */
export async function askOnce(job: Job, facts: readonly Fact[], before: Pick<Means, "earlier" | "keep" | "closing">): Promise<Snapshot> {
  const { port, web, config, clock, lacking = {} } = job;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new DOMException("time ran out", "TimeoutError")), job.deadline);
  const signal = AbortSignal.any([job.signal, limit.signal]);
  const means: Means = { port, web, config, clock, signal, lacking, onFact: (fact) => job.onProgress?.({ type: "read", fact }), ...before };
  try {
    const first = job.countdown.checks.filter((check) => check.first);
    const opening = first.length > 0 ? await gather(factsOf(first), means) : undefined;
    if (!opening) return await gather(facts, means);
    const earlier = { ...opening, facts: { ...before.earlier?.facts, ...opening.facts } };
    const { checks } = judge({ checks: first, notAsked: [] }, opening, job);
    const shut = checks.find(({ status }) => status !== "pass" && status !== "skip");
    if (!shut) return await gather(facts, { ...means, earlier });
    return await gather(facts, {
      ...means,
      ...refusing(`${shut.id} comes first, and did not pass`),
      earlier: opening,
      keep: "all",
      closing: false,
    });
  } finally {
    clearTimeout(timer);
  }
}

/** Ways out that nothing leaves by: whatever is asked is `unasked`, for this reason. */
export function refusing(why: string): Pick<Means, "port" | "web"> {
  const refuse = () => Promise.reject(new Unasked(why));
  return { port: refuse, web: refuse };
}
