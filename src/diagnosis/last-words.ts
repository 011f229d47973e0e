import type { Evidence } from "../check.ts";
import type { LastWords } from "../facts/last-words.ts";
import type { View } from "../view.ts";
import type { Death } from "./deaths.ts";

/** The last words of the dead as evidence, the newest first and none twice; why they are not there, where they may not be read. */
export function lastWordsOf(deaths: readonly Death[], words: View<LastWords>): Evidence {
  const asked = deaths.map(({ task }) => ({ task, reading: words.reading(task) }));
  const said = asked.flatMap(({ task, reading }) =>
    reading.state === "known" && reading.value.lines.length > 0 ? [{ task, ...reading.value }] : [],
  );
  const others = said.filter(({ lines }, n) => said.findIndex((one) => wordsIn(one.lines) === wordsIn(lines)) === n);
  if (others.length > 0) return { lastWords: others };
  const refused = asked.flatMap(({ reading }) => (reading.state === "unknown" && reading.kind !== "internal" ? [reading] : []))[0];
  if (!refused) return {};
  const open = refused.action === "secretsmanager:GetSecretValue" ? ", since what would have to be masked is not known" : "";
  return { lastWords: `were not read${open}: ${refused.why}` };
}

/** Without the numbers, of which times and ids are made. */
const wordsIn = (lines: readonly string[]) => lines.join("\n").replace(/[\d.:-]+/g, "");
