import { grant } from "./aws.ts";
import type { Config } from "./config.ts";
import type { Fact, Ignorance, Reading } from "./fact.ts";
import { failure } from "./failure.ts";
import type { Means } from "./gather.ts";
import type { Dated } from "./view.ts";
import type { Probe, Web } from "./web.ts";

/** Readings by the ids that were asked about. */
export type Batch = readonly (readonly [subject: string, reading: Dated])[];

/** What befalls a call and not its subjects. */
const passing: readonly Ignorance[] = ["throttled", "timeout", "network", "unasked"];

/** Asks a fact about some subjects, `fact.batch` of them at once. Never rejects: what fails becomes `unknown`. */
export async function readAll(fact: Fact, subjects: readonly string[], facts: object, means: Means): Promise<Batch> {
  return (await Promise.all(chunks(subjects, fact.batch).map((batch) => readBatch(fact, batch, facts, means)))).flat();
}

async function readBatch(fact: Fact, subjects: readonly string[], facts: object, means: Means): Promise<Batch> {
  const { port, web, config, signal, clock, discretion } = means;
  const [subject = ""] = subjects;
  try {
    signal.throwIfAborted();
    const aws = grant(port, fact.calls, signal);
    const asking = fact.ask({ aws, web: until(signal, web), mask: discretion.mask, subjects, subject, config, facts });
    const answer = await unlessAborted(asking, signal);
    fact.hides?.(answer, discretion.hide);
    const at = clock().toISOString();
    return subjects.map((one) => [one, { ...readOne(fact, answer, one, facts, config), at }]);
  } catch (error) {
    const reading = failure(error, fact.absentOn);
    // AWS refuses a batch for one of its subjects: which one shows when they are asked one by one.
    if (subjects.length > 1 && !(reading.state === "unknown" && passing.includes(reading.kind)))
      return (await Promise.all(subjects.map((one) => readBatch(fact, [one], facts, means)))).flat();
    const at = clock().toISOString();
    return subjects.map((one) => [one, { ...reading, at }]);
  }
}

/** The door, with what every use of it ends by. */
const until = (signal: AbortSignal, web: Web): Web =>
  Object.assign((probe: Probe) => web(probe, { signal }), { handshake: (probe: Probe) => web.handshake(probe, { signal }) });

function readOne(fact: Fact, answer: unknown, subject: string, facts: object, config: Config): Reading {
  try {
    return fact.read(answer, { subject, config, facts });
  } catch (error) {
    return failure(error);
  }
}

/** Rejects with the signal's reason when it is aborted, however deaf the promise is. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  // The call itself is told as well, and knows its name: it gets to say so first.
  const abort = () => setImmediate(() => aborted.reject(signal.reason));
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  promise.catch(() => {});
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}
