import type { Database } from "../facts/database-types.ts";
import type { ReportedFinding } from "../report.ts";
import { serving } from "./bring-up.ts";
import { type Judged, list, type Step, step } from "./step.ts";

/** What has to be done before anything may be scaled up: the fixes of the root causes; where nothing fails, finding out and waiting. */
export function hindrances({ rootCauses, checks }: Judged, databases: readonly Database[]): readonly Step[] {
  const blocking = checks
    .filter(({ severity }) => severity === "blocker")
    .flatMap(({ findings }) => findings.filter(({ waiver }) => !waiver));
  if (blocking.some(({ status }) => status === "fail"))
    return rootCauses.flatMap(({ says, fix }) => (fix ? [step(`${says}. ${fix.do}`, harmless(fix.run), "not known")] : []));

  const coming = databases.filter(({ condition }) => condition === "coming");
  const isComing = ({ subject }: ReportedFinding) => coming.some(({ name }) => subject === `database:${name}`);
  const moving = blocking.filter((one) => one.status === "pending" && one.explainedBy === null && !isComing(one));
  const waits = moving.map(({ subject, says }) => step(`Wait: ${subject} ${says}.`, [], "not known"));
  const steps = [...unanswered(blocking), ...(coming.length > 0 ? [serving(coming)] : []), ...waits];
  return steps.length > 0 ? steps : [step("Ask a question that decides: of those that were asked, none applied.", [], "1 min")];
}

/** While a blocker stands nothing is scaled up, not even to mend it. */
const harmless = (run: readonly string[]) => run.filter((line) => !/--desired-count\b/.test(line));

function unanswered(blocking: readonly ReportedFinding[]): readonly Step[] {
  const open = blocking.flatMap(({ id, because }) => (because ? [{ id, because }] : []));
  const reasons = Map.groupBy(open, ({ because: { kind, action, why } }) => `${kind === "unasked" ? "" : (action ?? "")}: ${why}`);
  return [...reasons].map(([reason, own]) => {
    const checks = list([...new Set(own.map(({ id }) => id.slice(0, id.indexOf("/"))))]);
    return step(`Find out what leaves open ${checks}: ${reason.replace(/^: /, "")}.`, [], "not known");
  });
}
