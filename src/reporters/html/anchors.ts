import type { Report } from "../../report.ts";
import type { Node } from "./graph.ts";
import { type Sign, signOf } from "./signs.ts";

/** Where each finding stands in the page, by its id. */
export type Anchors = ReadonlyMap<string, string>;

/** An anchor for each finding, whatever its name holds: its check's number, and which of its findings it is. */
export const anchorsOf = ({ checks }: Pick<Report, "checks">): Anchors =>
  new Map(checks.flatMap(({ order, findings }, n) => findings.map(({ id }, m) => [id, `f${order}-${n + 1}-${m + 1}`] as const)));

const worstFirst: readonly Sign[] = ["fail", "unknown", "pending", "waived", "skip", "pass"];

/** Where a node leads to. */
export type Leads = (node: Node) => string;

/** Leads to the worst finding of a node: where it is a root cause, to that one. */
export function leadsTo(anchors: Anchors, { rootCauses }: Report): Leads {
  const causes = new Set(rootCauses.map(({ finding }) => finding));
  return ({ findings }) => {
    const cause = findings.find(({ id }) => causes.has(id));
    const worst = cause ?? worstFirst.flatMap((sign) => findings.filter((finding) => signOf(finding) === sign))[0];
    return `#${anchors.get(worst?.id ?? "") ?? "findings"}`;
  };
}
