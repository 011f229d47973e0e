import { listed } from "../text/words.ts";
import { cell, list, minute, type Section, say, type Tone } from "./blocks.ts";
import type { Stand } from "./readings.ts";

/** What has changed since the last sign-off that was GO. */
export function sinceSection({ report: { since } }: Stand): Section {
  const [id, title] = ["since", "What changed since the last sign-off"] as const;
  if (since === null)
    return {
      id,
      title,
      blocks: [say("No earlier sign-off of this deployment is known to compare with.")],
    };
  const ways: readonly (readonly [string, readonly string[], Tone])[] = [
    ["New failures", since.new, "bad"],
    ["Still failing", since.stillFailing, "open"],
    ["Fixed", since.fixed, "good"],
    ["Known then and not now, or the other way round", since.flipped, "open"],
    ["Asked then and not now", since.noLongerAsked, "aside"],
  ];
  const changes = ways.flatMap(([way, ids, tone]) => (ids.length > 0 ? [cell(`${way}: ${listed(ids)}.`, tone)] : []));
  const from = since.commit === null ? "" : `, from commit ${since.commit}`;
  const before = `The last one was ${since.verdict}, on ${minute(since.at)}${from}.`;
  return { id, title, blocks: [say(changes.length > 0 ? before : `${before} Nothing has changed since.`), ...list(changes)] };
}
