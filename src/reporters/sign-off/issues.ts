import type { Report } from "../../report.ts";
import { listed, type Told, told } from "../text/words.ts";
import { cell, list, type Section, say, type Tone, table } from "./blocks.ts";
import type { Stand } from "./readings.ts";

/** Something that is not so: one finding, or several that are alike and are mended alike. */
export interface Issue {
  readonly of: Told;
  readonly members: readonly Told[];
  /** One sentence about all of them. */
  readonly says: string;
  /** The findings that follow from it. */
  readonly explains: readonly string[];
  /** Commands for what does not recover by itself once it is mended. */
  readonly afterwards: readonly string[];
}

/** Failing findings that nobody has accepted, the alike folded, in order of weight; what follows from another comes last. */
export function issuesOf(report: Report): readonly Issue[] {
  const rootOf = new Map(report.rootCauses.flatMap(({ finding, alike }) => [finding, ...alike].map((id) => [id, finding] as const)));
  const failing = told(report).filter(({ status, waiver }) => status === "fail" && !waiver);
  const alike = Map.groupBy(failing, (one) => rootOf.get(one.id) ?? `${one.check.id} ${one.explainedBy} ${one.says} ${one.fix?.do}`);
  const roots = new Map(report.rootCauses.map((root) => [root.finding, root]));
  return [...alike]
    .flatMap(([key, members]): Issue[] => {
      const of = members.find(({ id }) => id === key) ?? members[0];
      const { explains = [], afterwards = [] } = roots.get(of?.id ?? "") ?? {};
      return of ? [{ of, members, says: sentenceFor(of, members), explains, afterwards }] : [];
    })
    .toSorted((one, other) => weightOf(one) - weightOf(other) || other.explains.length - one.explains.length);
}

const weights = { blocker: 0, warning: 2, advice: 4 } as const;
const weightOf = ({ of }: Issue) => weights[of.check.severity] + (of.explainedBy === null ? 0 : 1);

function sentenceFor(of: Told, members: readonly Told[]): string {
  if (members.length === 1) return `${of.subject} ${of.says}`;
  const kind = of.subject.slice(0, of.subject.indexOf(":")).replaceAll("-", " ");
  const sameKind = members.every(({ subject }) => subject.startsWith(of.subject.slice(0, of.subject.indexOf(":") + 1)));
  const sameWords = members.every(({ says }) => says === of.says);
  if (sameKind && sameWords) return `${members.length} ${plural(kind)}: each ${of.says}`;
  return `${of.subject} ${of.says}; and ${members.length - 1} alike`;
}

const plural = (kind: string) => (/(s|x|ch)$/.test(kind) ? `${kind}es` : kind.replace(/y$/, "ie").concat("s"));

const tones: Readonly<Record<Told["check"]["severity"], Tone>> = { blocker: "bad", warning: "open", advice: "aside" };

/** Where it comes from, and everything that is not as it should be, with what mends it. */
export function issuesSection({ report }: Stand, numberOf: (issue: Issue) => number | undefined): Section {
  const issues = issuesOf(report);
  const roots = issues.filter(({ of }) => report.rootCauses.some(({ finding }) => finding === of.id));
  const rows = issues.map((issue) => {
    const { of, members, says } = issue;
    const number = numberOf(issue);
    const todo = of.fix?.do ?? "nothing is known that mends it";
    const mends = number === undefined ? `with what it follows from, ${of.explainedBy ?? "above"}` : `${number}. ${todo}`;
    const which = members.length > 1 ? ` (${members.map(({ subject }) => subject).join(", ")})` : "";
    return [cell(of.check.severity, tones[of.check.severity]), of.check.id, `${says}${which}`, mends];
  });
  const moving = told(report).filter(({ status }) => status === "pending");
  const still = moving.map(({ subject, says, check }) => cell(`${subject} ${says} (${check.id}, ${check.severity})`, "open"));
  return {
    id: "issues",
    title: "Root causes and known issues",
    blocks: [
      ...(roots.length > 0 ? [say("What nothing else explains:")] : []),
      ...list(roots.map((root) => cell(`${root.says} (${root.of.check.id}).${follows(root.explains)}`, "bad"))),
      ...(issues.length > 0
        ? table("Known issues, by weight", ["weight", "check", "issue", "mended by recommendation"], rows)
        : [say("Nothing that was asked fails.", "good")]),
      ...(still.length > 0 ? [say("Still moving when it was judged:")] : []),
      ...list(still),
    ],
  };
}

const follows = (explained: readonly string[]) => (explained.length > 0 ? ` From it follows: ${listed(explained)}.` : "");
