import { counted, coverageOf, meaning, told } from "../text/words.ts";
import type { Tone } from "./blocks.ts";
import type { Stand } from "./readings.ts";
import { atRestOf } from "./rest.ts";

/** Whether the deployment may take production workload, in one word and one sentence. */
export interface Readiness {
  readonly answer: "YES" | "NO" | "NOT KNOWN";
  readonly says: string;
  readonly tone: Tone;
}

/** YES only where all that decides was asked and answered; what does not apply at rest is said beside it. */
export function readinessOf(stand: Stand): Readiness {
  const { report } = stand;
  const { verdict, interrupted, notAsked, deployment } = report;
  const says = `${deployment.name} ${meaning(report)}`;
  const blocking = told(report).filter(({ check, waiver }) => check.severity === "blocker" && !waiver);
  const failing = blocking.filter(({ status }) => status === "fail").length;
  if (verdict === "NO-GO") {
    const asked = counted(failing, "blocking question is", "blocking questions are");
    const causes = counted(report.rootCauses.length, "root cause");
    return { answer: "NO", tone: "bad", says: `${says}: ${asked} answered with no, from ${causes}.` };
  }
  if (verdict === "HOLD" || interrupted) return { answer: "NOT KNOWN", tone: "open", says: `${says}.` };
  if (notAsked.length > 0) {
    const left = counted(notAsked.length, "check was", "checks were");
    return { answer: "NOT KNOWN", tone: "open", says: `What was asked is ${verdict}, but ${left} left out: ${notAsked.join(", ")}.` };
  }
  const { services, whole } = atRestOf(stand);
  if (services.length === 0) return { answer: "YES", tone: "good", says: `${says}.` };
  const aside = blocking.filter(({ status, says }) => status === "skip" && /\bat rest\b/.test(says)).length;
  const what = whole ? "It is" : `${services.join(", ")} ${services.length === 1 ? "is" : "are"}`;
  const unseen = `${counted(aside, "blocking question does", "blocking questions do")} not apply until then`;
  return { answer: "YES", tone: "good", says: `${says}, once it is scaled up and the gate says GO. ${what} at rest now: ${unseen}.` };
}

/** How much of what decides was answered, in one sentence. */
export const coverageInShort = ({ report }: Stand): string => `${coverageOf(report)}.`;
