import type { Location, Result } from "sarif";
import type { Report } from "../../report.ts";
import type { Line } from "../text/lines.ts";
import { deployAgain, type Told } from "../text/words.ts";
import { levels } from "./rules.ts";

/**
 * An open finding as a result. What could not be decided is of kind `open`, and of anything but a failure SARIF wants the level none
 * (3.27.10).
 */
export function resultOf(finding: Told, name: string, at: Line | null, report: Report): Result {
  const { status, because, explainedBy, waiver, evidence, check } = finding;
  // Code scanning knows of no suppression: an error that somebody has accepted must not fail a pull request.
  const level = waiver ? "note" : levels[check.severity];
  const justification = waiver ? `${waiver.reason} (${waiver.owner}, until ${waiver.expires})` : "";
  return {
    ruleId: check.id,
    ruleIndex: report.checks.indexOf(check),
    kind: status === "fail" ? "fail" : "open",
    level: status === "fail" ? level : "none",
    message: { text: messageOf(finding, report) },
    locations: [locationOf(finding, at, report)],
    // By the first GitHub tells results apart, and would make it of the line: two of one check may be at the same.
    partialFingerprints: { primaryLocationLineHash: `${name.slice(0, 16)}:1`, "seaworthyFinding/v1": name },
    suppressions: waiver ? [{ kind: "external", status: "accepted", justification }] : [],
    properties: { deployment: report.deployment.name, status, because, explainedBy, waiver, evidence },
  };
}

function messageOf({ id, subject, says, explainedBy, fix }: Told, { rootCauses }: Report): string {
  const afterwards = rootCauses.find(({ finding }) => finding === id)?.afterwards ?? [];
  const again = afterwards.length > 0 ? [deployAgain, ...afterwards] : [];
  const explained = explainedBy ? [`Explained by ${explainedBy}.`] : [];
  const lines = [`${subject} ${says}.`, ...explained, ...(fix ? [fix.do, ...fix.run, ...again] : [])];
  // What looks like Markdown's link would be one (3.11.6).
  return lines.join("\n").replaceAll("](", "] (");
}

/** Without a location GitHub refuses the whole file: where there is no configuration, the one that there could be is named. */
function locationOf({ subject }: Told, at: Line | null, { deployment }: Report): Location {
  const { file, line } = at ?? { file: "seaworthy.config.yaml", line: 1 };
  const uri = file.split("/").map(encodeURIComponent).join("/");
  const kind = subject.slice(0, subject.indexOf(":"));
  return {
    physicalLocation: { artifactLocation: { uri }, region: { startLine: line } },
    logicalLocations: [{ name: subject.slice(kind.length + 1), kind, fullyQualifiedName: `${deployment.name}/${subject}` }],
  };
}
