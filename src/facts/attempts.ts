import type { Sample, Silence } from "../web.ts";

/** What an answer must be like; `status` is null where any from 200 to 399 will do, `within` is milliseconds. */
export type Expected = {
  readonly status: number | null;
  readonly body: string | null;
  readonly within: number;
  readonly successes: number;
};

/** In which way an answer is not the one that is expected. */
export type EndpointFault = Silence | "status" | "body" | "slow";

/** One request. `body` is the beginning of it as soon as it is masked, and `why` what Node said of no answer, or where a redirect leads. */
export type Attempt = {
  readonly ms: number;
  readonly fault: EndpointFault | null;
  readonly status: number | null;
  readonly body: string | null;
  readonly why: string | null;
};

/** How many of the newest attempts in a row are as expected. */
export function streakOf(attempts: readonly Attempt[]): number {
  const last = attempts.findLastIndex(({ fault }) => fault !== null);
  return attempts.length - 1 - last;
}

const most = 10;
const tooMany = 3;

/** Whether more requests could change nothing, or would take too long to make. */
export function decided(attempts: readonly Attempt[], { successes }: Expected): boolean {
  const streak = streakOf(attempts);
  const late = attempts.slice(-tooMany).filter(({ fault }) => fault === "timeout" || fault === "unreachable" || fault === "slow");
  return streak >= successes || most - attempts.length < successes - streak || late.length === tooMany;
}

/** What a sample comes to. A body is kept where it says something: it failed, or it is what was expected. */
export function attemptOf(sample: Sample, expected: Expected): Attempt {
  if (sample.outcome !== "answered") return { ms: sample.ms, fault: sample.outcome, status: null, body: null, why: sample.why };
  const { ms, status, body, location } = sample;
  const fault = faultOf(sample, expected);
  return { ms, fault, status, body: fault === null && expected.body === null ? null : body, why: location };
}

function faultOf({ ms, status, body }: Sample & { outcome: "answered" }, expected: Expected): EndpointFault | null {
  if (expected.status === null ? status < 200 || status > 399 : status !== expected.status) return "status";
  if (expected.body !== null && body.trim() !== expected.body.trim()) return "body";
  return ms > expected.within ? "slow" : null;
}

/** An attempt in which the application's own words are masked, and kept short only then: half a value would not be known for one. */
export const maskedAttempt = (attempt: Attempt, mask: (text: string) => string): Attempt => ({
  ...attempt,
  body: attempt.body === null ? null : shown(mask(attempt.body.slice(0, 20_000))),
  why: attempt.why === null ? null : mask(attempt.why),
});

/** The beginning of a body, with what is not printable spelt out. */
const shown = (body: string) =>
  body
    .slice(0, 200)
    .replace(/\p{C}/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
    .slice(0, 200);
