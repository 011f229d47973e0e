import { reasonOf } from "../text/words.ts";
import { type Cell, cell, list, type Section, say } from "./blocks.ts";
import type { Stand } from "./readings.ts";

/** Each reason for not knowing, and which facts are not known for it. */
export function unknownSection({ report: { unknowns } }: Stand): Section {
  const reasons = Map.groupBy(unknowns, reasonOf);
  const items = [...reasons].map(([reason, own]): Cell => {
    const facts = own
      .slice(0, 12)
      .map(({ fact }) => fact)
      .join(", ");
    return cell(`${reason} (${facts}${own.length > 12 ? `, and ${own.length - 12} more` : ""})`, "open");
  });
  return { id: "unknown", title: "Not known", blocks: items.length > 0 ? list(items) : [say("Everything that was asked was answered.")] };
}
