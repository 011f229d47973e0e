import type { Unknown } from "../fact.ts";
import type { Snapshot } from "../gather.ts";
import { missingFrom } from "../view.ts";
import { reasonOf } from "./part.ts";

/** What is said above all. */
export function headOf(snapshot: Snapshot): readonly string[] {
  const unread = unreadIn(snapshot);
  return [
    "What must be there, as seaworthy init found it deployed: change what is meant otherwise, strike out what does not matter.",
    `In a value, $\{NAME} is taken from the environment, and $$\{NAME} stands for itself.`,
    ...(unread.length > 0
      ? ["", "Not everything could be read; what hangs on it is missing here:", ...unread.map((reason) => `- ${reason}`)]
      : []),
  ];
}

/** Why something could not be read, each reason once. */
function unreadIn({ facts }: Snapshot): readonly string[] {
  const unknown = Object.values(facts).flatMap((collection) =>
    missingFrom(collection).filter((one): one is typeof one & { reading: Unknown } => one.reading.state === "unknown"),
  );
  return [...new Set(unknown.map(reasonOf))].sort();
}
