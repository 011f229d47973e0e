import type { ReportingDescriptor } from "sarif";
import type { ReportedCheck } from "../../report.ts";
import { stationsOf } from "../text/stations.ts";

/** What SARIF calls the severities. */
export const levels = { blocker: "error", warning: "warning", advice: "note" } as const;
const problems = { blocker: "error", warning: "warning", advice: "recommendation" } as const;

/** A check as a rule: what is so when it passes, why it is asked, and what it weighs. */
export function ruleOf({ id, order, title, why, severity }: ReportedCheck): ReportingDescriptor {
  const [station] = stationsOf([{ order }]);
  return {
    id,
    name: id.replaceAll(/(?:^|[^a-z0-9]+)([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: `${title}. ${why} (seaworthy explain ${id})`, markdown: `**${title}.** ${why}\n\n\`seaworthy explain ${id}\`` },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: [station?.name ?? "further", severity], precision: "very-high", "problem.severity": problems[severity], order },
  };
}
