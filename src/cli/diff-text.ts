import { type Change, type Changes, type ComparedFinding, isReweighed, isReworded } from "../changes.ts";
import { paintFor } from "../reporters/text/paint.ts";
import { momentOf } from "../reporters/text/runs.ts";
import { allVisible } from "../reporters/text/visible.ts";
import { listed, signs } from "../reporters/text/words.ts";
import { wrap } from "../reporters/text/wrap.ts";
import type { Side } from "./diff.ts";

/** What differs, for people: the newly failing first, and each finding with what it was. Reads well from 60 columns on. */
export function diffText(before: Side, after: Side, raw: Changes, { width, colour }: { width: number; colour: boolean }): string {
  const changes = allVisible(raw);
  const paint = paintFor(colour);
  const side = (label: string, { called, report }: Side) =>
    wrap(
      `${called}: ${allVisible(report.deployment.name)}, ${report.scene}, ${report.verdict}, ${momentOf({ at: report.startedAt, ...report.origin })}`,
      width,
      label,
    );

  const byRoot = Map.groupBy(changes.new, (one) => rootOf(one, changes.new));
  const section = (title: string, found: readonly Change[], lines: (change: Change) => readonly string[]) =>
    found.length > 0 ? [[paint("bold", title), ...found.flatMap(lines)]] : [];
  const finding = (sign: string, { id, before, after }: Change, aside: string) => {
    const { check, subject } = parted(id);
    return wrap(`${subject} ${(after ?? before)?.says} (${check}${aside ? `; ${aside}` : ""})`, width, `${sign} `);
  };
  const blocks = [
    [...side("before  ", before), ...side("after   ", after)],
    ...section(`NEW (${changes.new.length})`, [...byRoot.keys()], (one) => [
      ...finding(signs.fail, one, was(one.before)),
      ...consequences(one, byRoot.get(one) ?? []).flatMap((line) => wrap(line, width, "  ").map((part) => paint("dim", part))),
    ]),
    ...section(`FIXED (${changes.fixed.length})`, changes.fixed, (one) => [
      ...finding(signs.pass, one, ""),
      ...wrap(`it ${one.before?.says}`, width, "  before: "),
    ]),
    ...section(`STILL FAILING (${changes.stillFailing.length})`, changes.stillFailing, (one) => [
      ...finding(signs.fail, one, waivedOr(one)),
      ...(isReworded(one) ? wrap(`it ${one.before?.says}`, width, "  before: ") : []),
    ]),
    ...section(`FLIPPED BETWEEN KNOWN AND NOT KNOWN (${changes.flipped.length})`, changes.flipped, (one) =>
      finding(signs[one.after?.status ?? "unknown"], one, `${was(one.before)}; ${one.after?.status} now`),
    ),
    ...section(`NO LONGER ASKED (${changes.noLongerAsked.length})`, changes.noLongerAsked, (one) =>
      finding(signs.skip, one, was(one.before)),
    ),
  ];
  const nothing = blocks.length === 1 ? [["No finding differs."]] : [];
  return `${[...blocks, ...nothing].map((lines) => `${lines.join("\n")}\n`).join("\n")}`;
}

/** Of the new failures the one that led to this one, by way of others too; itself, where they lead in a circle. */
function rootOf(start: Change, all: readonly Change[]): Change {
  let at = start;
  for (const seen = new Set([start.id]); ; seen.add(at.id)) {
    const cause = all.find(({ id }) => id === at.after?.explainedBy);
    if (!cause) return at;
    if (seen.has(cause.id)) return start;
    at = cause;
  }
}

function consequences(root: Change, all: readonly Change[]): readonly string[] {
  const others = all.filter((one) => one !== root).map(({ id }) => id);
  return others.length > 0 ? [`explains ${others.length}: ${listed(others)}`] : [];
}

function was(before: ComparedFinding | null): string {
  if (before === null) return "was not asked";
  const reason = before.status === "unknown" && before.because ? `: ${before.because.kind}` : "";
  return { pass: "passed", fail: "failed", pending: "was pending", unknown: `was unknown${reason}`, skip: "did not apply" }[before.status];
}

function waivedOr(change: Change): string {
  if (isReweighed(change)) return change.after?.waiver ? "waived now" : "no longer waived";
  return change.after?.waiver ? "waived" : "";
}

const parted = (id: string) => ({ check: id.slice(0, id.indexOf("/")), subject: id.slice(id.indexOf("/") + 1) });
