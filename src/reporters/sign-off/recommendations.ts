import { sorted } from "../text/sorted.ts";
import { counted, leftOpen, reasonOf } from "../text/words.ts";
import { wordFor } from "./attestations.ts";
import { type Section, type Step, say, steps } from "./blocks.ts";
import { type Issue, issuesOf } from "./issues.ts";
import type { Stand } from "./readings.ts";

/** What to do next, the weightiest first, and which issue it mends where it mends one. */
export interface Recommendation extends Step {
  readonly weight: "blocker" | "warning" | "advice";
  readonly mends: Issue | null;
}

const weights = ["blocker", "warning", "advice"] as const;

/** One for each failure that nothing explains, for each thing that could not be found out, and for each word that nobody gave. */
export function recommendationsOf(stand: Stand): readonly Recommendation[] {
  const all = [...mending(stand), ...finding(stand), ...vouching(stand)];
  return all.toSorted((one, other) => weights.indexOf(one.weight) - weights.indexOf(other.weight));
}

function mending({ report }: Stand): readonly Recommendation[] {
  return issuesOf(report).flatMap((issue): Recommendation[] => {
    const { of, members, says, explains, afterwards } = issue;
    // It goes when its cause does.
    if (of.explainedBy !== null) return [];
    return [
      {
        weight: of.check.severity,
        mends: issue,
        does: of.fix?.do ?? `Find out how to mend this: ${says}.`,
        notes: [
          `Because ${says} (${of.check.id}).`,
          ...(explains.length > 0 ? [`Mends ${counted(explains.length, "further failure")} as well.`] : []),
          ...(afterwards.length > 0 ? ["The last commands deploy what does not recover by itself."] : []),
        ],
        run: [...new Set([...members.flatMap(({ fix }) => fix?.run ?? []), ...afterwards])],
      },
    ];
  });
}

function finding({ report }: Stand): readonly Recommendation[] {
  return sorted(report).gaps.map(({ because, findings }) => {
    const { kind, action } = because;
    const weight = weights.find((one) => findings.some(({ check }) => check.severity === one)) ?? "advice";
    const does =
      kind === "denied" && action ? `Let the caller do ${action}, and ask again.` : "Find out what could not be asked, and ask again.";
    const notes = [`Because it is not known: ${reasonOf(because)}.`, `It leaves open ${leftOpen(findings)}.`];
    return { weight, mends: null, does, notes, run: [] };
  });
}

function vouching(stand: Stand): readonly Recommendation[] {
  const criteria = stand.config.signOff?.criteria ?? [];
  const wanted = [...new Set(criteria.flatMap(({ attestations = [] }) => attestations))];
  return wanted.flatMap((title): Recommendation[] => {
    const { counts, says } = wordFor(title, stand);
    const which = criteria.filter(({ attestations = [] }) => attestations.includes(title)).map((one) => `“${one.title}”`);
    const notes = [`Because ${says}.`, `It leaves open ${which.join(" and ")}.`];
    return counts ? [] : [{ weight: "warning", mends: null, does: `Let somebody who saw it attest “${title}”.`, notes, run: [] }];
  });
}

/** What to do, how much that weighs, and how often it has to be done. */
export function headlineOf({ does, weight, mends }: Recommendation): string {
  const times = mends === null ? 1 : mends.members.length;
  return times > 1 ? `${does} (${weight}, ${times} times)` : `${does} (${weight})`;
}

/** What to do next, numbered. */
export function recommendationsSection(all: readonly Recommendation[]): Section {
  const numbered = all.map((one) => ({ does: headlineOf(one), notes: one.notes, run: one.run }));
  const blocks = all.length > 0 ? steps(numbered) : [say("There is nothing to recommend.", "good")];
  return { id: "recommendations", title: "Recommendations, in order of weight", blocks };
}
