import { told } from "../text/words.ts";
import { type Cell, cell, type Section, say, table } from "./blocks.ts";
import type { Stand } from "./readings.ts";

type Waiver = Stand["report"]["waivers"][number];

/** What somebody has accepted, until when and why, with what it hides; and waivers that accept nothing. */
export function waiversSection({ report }: Stand): Section {
  const accepted = told(report).flatMap(({ id, check, subject, says, waiver }) =>
    waiver ? [{ id, what: `${check.id}: ${subject} ${says}`, waiver }] : [],
  );
  const used = accepted.map(({ id, what, waiver: { owner, expires, reason } }) => {
    const by = report.waivers.find(({ findings }) => findings.includes(id));
    return [what, owner, expires, reason, by ? stateOf(by) : cell("accepted, and not mended", "open")];
  });
  const idle = report.waivers
    .filter(({ findings }) => findings.length === 0)
    .map((one) => [`${one.check}: ${one.subject}${one.glob ? " (a pattern)" : ""}`, one.owner, one.expires, one.reason, stateOf(one)]);
  const blocks = table("Failures that are accepted for a while", ["what", "owner", "expires", "reason", "state"], [...used, ...idle]);
  return { id: "waivers", title: "Waivers", blocks: blocks.length > 0 ? blocks : [say("Nothing is waived.")] };
}

function stateOf({ state, findings }: Waiver): Cell {
  const states: Readonly<Record<Waiver["state"], Cell>> = {
    used: cell("accepted, and not mended", "open"),
    expiring: cell(findings.length > 0 ? "accepted, and expires within seven days" : "expires within seven days", "open"),
    expired: cell("expired: it no longer counts", "bad"),
    unused: cell("accepts nothing: remove it", "aside"),
    unasked: cell("accepts nothing that was answered", "aside"),
  };
  return states[state];
}
