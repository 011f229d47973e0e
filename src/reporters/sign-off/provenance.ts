import { counted, countsOf, effortOf } from "../text/words.ts";
import { type Section, table } from "./blocks.ts";
import type { Stand } from "./readings.ts";

/** When it was judged, by whom, from what and with what. */
export function provenanceSection({ report, takenAt }: Stand): Section {
  const { origin, deployment, tool, snapshot } = report;
  const rows = [
    ["Judged", `${report.startedAt} to ${report.finishedAt}`],
    ["Readings taken", takenAt],
    ["By", origin.by ?? "not known"],
    ["From commit", origin.commit ?? "not known"],
    ...(origin.url === null ? [] : [["Pipeline", origin.url]]),
    ["Configuration", origin.configuration?.file ?? "none: it was inferred, or came with the snapshot"],
    ["Version", `${tool.name} ${tool.version}, ${report.schema}`],
    ["Snapshot, SHA-256", snapshot ?? "not kept"],
    ["Cluster", deployment.cluster],
    ["Scene", report.scene],
    ["Findings", `${countsOf(report)}.`],
    ["Effort", `${effortOf(report)}, exit code ${report.exitCode}.`],
    ...(report.notAsked.length > 0 ? [["Not asked", report.notAsked.join(", ")]] : []),
    ["Waited", report.waiting.length > 0 ? counted(report.waiting.length, "time") : "not at all"],
  ];
  return { id: "provenance", title: "Provenance", blocks: table("Provenance", ["what", "value"], rows) };
}
