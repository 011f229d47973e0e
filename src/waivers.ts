import type { Config } from "./config.ts";
import type { ReportedFinding, Status } from "./report.ts";

type Waivable = { readonly check: string; readonly subject: string; readonly status: Status };

/** The waiver that accepts this finding at this moment, if there is one. It covers not knowing only where it says so. */
export function waiverOf({ check, subject, status }: Waivable, waivers: Config["waivers"], now: Date): ReportedFinding["waiver"] {
  if (status !== "fail" && status !== "unknown") return null;
  const found = waivers.find((waiver) => {
    const named = waiver.glob ? matches(waiver.subject, subject) : waiver.subject === subject;
    return waiver.check === check && named && !expired(waiver.expires, now) && (status === "fail" || waiver.unknown === true);
  });
  return found ? { reason: found.reason, owner: found.owner, expires: found.expires } : null;
}

/** A date lasts to the end of its day, UTC. */
const expired = (date: string, now: Date) => now.toISOString().slice(0, 10) > date;

/** Whether a text is what a pattern says, in which * stands for anything. */
export function matches(pattern: string, text: string): boolean {
  const literal = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literal.join("[^]*")}$`).test(text);
}
