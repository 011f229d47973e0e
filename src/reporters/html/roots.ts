import type { Report } from "../../report.ts";
import { told } from "../text/words.ts";
import type { Node } from "./graph.ts";
import { distinct, type Pair } from "./pairs.ts";

/** Which root cause each subject is; those that are alike are the same one. */
export function rootsOf(report: Report): ReadonlyMap<string, number> {
  const subjects = subjectsOf(report);
  const all = report.rootCauses.flatMap(({ finding, alike }, n) => [finding, ...alike].map((id) => [subjects.get(id) ?? "", n] as const));
  return new Map(all.toReversed());
}

const subjectsOf = (report: Report): ReadonlyMap<string, string> => new Map(told(report).map(({ id, subject }) => [id, subject]));

/** The steps from each symptom to what explains it, along the longest way of each root cause. */
export function stepsOf(report: Report, nodes: readonly Node[]): readonly Pair[] {
  const subjects = subjectsOf(report);
  const shownAs = new Map(nodes.flatMap((node) => node.findings.map(({ subject }): Pair => [subject, node.subjects[0] ?? ""])));
  const place = (finding: string) => shownAs.get(subjects.get(finding) ?? "");
  return distinct(
    report.rootCauses.flatMap(({ chain }) =>
      chain.slice(1).flatMap((symptom, n): Pair[] => {
        const [from, to] = [place(symptom), place(chain[n] ?? "")];
        return from !== undefined && to !== undefined ? [[from, to]] : [];
      }),
    ),
  );
}
