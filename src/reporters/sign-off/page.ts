import type { Report } from "../../report.ts";
import type { SnapshotFile } from "../../snapshot.ts";
import { attestationsSection } from "./attestations.ts";
import { cell, list, minute, type Section, say, table } from "./blocks.ts";
import { costSection } from "./cost.ts";
import { criteriaSection } from "./criteria.ts";
import { inventorySection } from "./inventory.ts";
import { issuesSection } from "./issues.ts";
import { monitoringSection } from "./monitoring.ts";
import { provenanceSection } from "./provenance.ts";
import { coverageInShort, type Readiness, readinessOf } from "./readiness.ts";
import { standOf } from "./readings.ts";
import { headlineOf, type Recommendation, recommendationsOf, recommendationsSection } from "./recommendations.ts";
import { scaleUpSection } from "./scale-up.ts";
import { sinceSection } from "./since.ts";
import { summaryOf } from "./summary.ts";
import { unknownSection } from "./unknown.ts";
import { waiversSection } from "./waivers.ts";

/** The sprint completion report, before it is Markdown or HTML: both say what stands here, and nothing else. */
export interface Page {
  readonly title: string;
  readonly verdict: Report["verdict"];
  readonly ready: Readiness;
  readonly coverage: string;
  /** Which sprint, whose, and where and when it was judged. */
  readonly about: readonly (readonly [name: string, value: string])[];
  /** For the manager, on one page; then for an engineer. */
  readonly first: readonly Section[];
  readonly further: readonly Section[];
}

/** What a report and its snapshot come to as a sign-off. Pure. */
export function signOffOf(report: Report, snapshot: SnapshotFile): Page {
  const stand = standOf(report, snapshot);
  const { deployment } = stand.report;
  const { sprint, track, owner } = stand.config.signOff ?? {};
  const recommended = recommendationsOf(stand);
  return {
    title: sprint === undefined ? `Sign-off of ${deployment.name}` : `Sign-off of sprint ${sprint}: ${deployment.name}`,
    verdict: stand.report.verdict,
    ready: readinessOf(stand),
    coverage: coverageInShort(stand),
    about: [
      ...(track === undefined ? [] : [["Track", track] as const]),
      ...(owner === undefined ? [] : [["Owner", owner] as const]),
      ["Deployment", `${deployment.name}, account ${deployment.account ?? "not known"}, ${deployment.region ?? "region not known"}`],
      ["Judged", `${minute(stand.report.finishedAt)}${stand.report.origin.by === null ? "" : ` by ${stand.report.origin.by}`}`],
    ],
    first: [
      { id: "short", title: "In short", blocks: list(summaryOf(stand)) },
      criteriaSection(stand),
      { id: "next", title: "What to do first", blocks: firstSteps(recommended) },
      signatures(owner),
    ],
    further: [
      inventorySection(stand),
      monitoringSection(stand),
      costSection(stand),
      issuesSection(stand, (issue) => numberOf(recommended, issue.of.id)),
      unknownSection(stand),
      sinceSection(stand),
      waiversSection(stand),
      attestationsSection(stand),
      recommendationsSection(recommended),
      scaleUpSection(stand),
      provenanceSection(stand),
    ],
  };
}

function numberOf(all: readonly Recommendation[], finding: string): number | undefined {
  const index = all.findIndex(({ mends }) => mends?.of.id === finding);
  return index < 0 ? undefined : index + 1;
}

function firstSteps(all: readonly Recommendation[]): Section["blocks"] {
  if (all.length === 0) return [say("Nothing has to be done.", "good")];
  const few = all.slice(0, 5).map((one) => cell(headlineOf(one)));
  const more = all.length - few.length;
  return [...list(few), ...(more > 0 ? [say(`And ${more} more: see the recommendations.`)] : [])];
}

function signatures(owner = ""): Section {
  const rows = [
    ["owner", owner],
    ["reviewer", ""],
    ["manager", ""],
  ].map(([role = "", name = ""]) => [role, name, "", ""]);
  const blocks = table("Signatures", ["role", "name", "date", "signature"], rows);
  return { id: "signatures", title: "Signatures", blocks: blocks.map((block) => ({ ...block, blank: true })) };
}
