import { type Section, say, steps } from "./blocks.ts";
import type { Stand } from "./readings.ts";
import { atRestOf } from "./rest.ts";

/** The commands that bring the stack up, in order. */
export function scaleUpSection(stand: Stand): Section {
  const { runbook } = stand.report;
  const resting = atRestOf(stand);
  const nothing =
    resting.services.length + resting.databases.length > 0
      ? "Run seaworthy checklist: it tells how."
      : "Nothing that is known is at rest, so nothing has to be scaled up.";
  const all = (runbook ?? []).map(({ do: does, run, takes }) => ({ does, notes: [`Takes ${takes}.`], run }));
  const before = "As the checklist judges the same readings; what is recommended above is not done by it.";
  return { id: "scale-up", title: "How to scale up", blocks: all.length > 0 ? [say(before), ...steps(all)] : [say(nothing)] };
}
