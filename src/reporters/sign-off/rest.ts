import { and } from "./blocks.ts";
import { readingsOf, type Stand } from "./readings.ts";

/** What wants no task or is stopped: the names of services and databases. */
export interface AtRest {
  readonly services: readonly string[];
  readonly databases: readonly string[];
  /** Every service that is known is at rest, and there is one. */
  readonly whole: boolean;
}

/** What of the stack is at rest. */
export function atRestOf(stand: Pick<Stand, "facts">): AtRest {
  const services = readingsOf(stand, "services").known.map(({ value }) => value);
  const resting = services.filter(({ desired }) => desired === 0).map(({ name }) => name);
  const stopped = readingsOf(stand, "databases").known.filter(({ value }) => value.condition === "stopped");
  return { services: resting, databases: stopped.map(({ name }) => name), whole: resting.length > 0 && resting.length === services.length };
}

/** One sentence for the services at rest, and one for each database that is stopped. */
export function restInShort(stand: Pick<Stand, "facts">): readonly string[] {
  const { services, whole } = atRestOf(stand);
  const stopped = readingsOf(stand, "databases").known.filter(({ value }) => value.condition === "stopped");
  const count = services.length === 1 ? "wants no task" : "want no task";
  const subject = whole ? `All services are at 0: ${and(services)}` : `At 0: ${and(services)}`;
  return [
    ...(services.length > 0 ? [`${subject} ${count}.`] : []),
    ...stopped.map(({ name, value }) => {
      const itself = value.restartsAt === null ? "" : `; AWS starts it by itself on ${value.restartsAt.slice(0, 10)}`;
      return `The database ${name} is stopped${itself}.`;
    }),
  ];
}
