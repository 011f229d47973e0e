import { type Hook, recordOf } from "./hook.ts";

/**
 * What ECS is told: go on, roll back, or call again in so many seconds.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/lambda-lifecycle-hooks.html#hook-status-values
 */
export type HookAnswer =
  | { readonly hookStatus: "SUCCEEDED" | "FAILED" }
  | { readonly hookStatus: "IN_PROGRESS"; readonly callBackDelay: number; readonly hookDetails: Readonly<Record<string, unknown>> };

/** How far one step of a deployment has come; ECS carries it from call to call. */
export interface Progress {
  /** Which step it is of. */
  readonly of: string;
  readonly since: string;
  readonly attempts: number;
  readonly verdict: string | null;
}

/** The progress that an event brings, with this call counted; a new one where it is of another step, or none at all. */
export function progressOf({ details, step }: Hook, now: Date): Progress {
  const { of, since, attempts, verdict } = recordOf(recordOf(details["seaworthy"])["progress"]) as Partial<Progress>;
  const begun = typeof since === "string" ? Date.parse(since) : Number.NaN;
  // What lies ahead would never be over.
  if (of !== step || !(begun <= now.getTime())) return { of: step, since: now.toISOString(), attempts: 1, verdict: null };
  return { of: step, since: new Date(begun).toISOString(), attempts: (Number(attempts) || 0) + 1, verdict: verdict ?? null };
}

/** How patient a hook is. Milliseconds; the delay is seconds. */
export interface Patience {
  readonly deadline: number;
  readonly callBackDelay: number;
}

/** What a verdict means to ECS. HOLD is waited for until the deadline, and is a failure then: what nobody knows does not go on. */
export function answerTo(
  verdict: "GO" | "NO-GO" | "HOLD",
  { details }: Hook,
  progress: Progress,
  { now, deadline, callBackDelay }: Patience & { readonly now: Date },
): HookAnswer {
  if (verdict === "GO") return { hookStatus: "SUCCEEDED" };
  const left = Date.parse(progress.since) + deadline - now.getTime();
  if (verdict === "NO-GO" || left <= 0) return { hookStatus: "FAILED" };
  // ECS merges what is returned into what it has: all of it goes back, so that nothing is lost however it does.
  const seaworthy = { ...recordOf(details["seaworthy"]), progress: { ...progress, verdict } };
  return {
    hookStatus: "IN_PROGRESS",
    callBackDelay: Math.max(1, Math.min(callBackDelay, Math.ceil(left / 1000))),
    hookDetails: { ...details, seaworthy },
  };
}
