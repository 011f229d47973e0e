import type { Config } from "./config.ts";
import type { Report, ReportedCheck, ReportedFinding, Status } from "./report.ts";

type Waivable = { readonly check: string; readonly subject: string; readonly status: Status };
type Waiver = Config["waivers"][number];

/** The waiver that accepts this finding at this moment, if there is one. It covers not knowing only where it says so. */
export function waiverOf(finding: Waivable, waivers: Config["waivers"], now: Date): ReportedFinding["waiver"] {
  const found = waivers.find((waiver) => accepts(waiver, finding, now));
  return found ? { reason: found.reason, owner: found.owner, expires: found.expires } : null;
}

/** What became of every waiver: the findings that it accepts at this moment, and whether its keeper has something to do. */
export function waiversOf(waivers: Config["waivers"], checks: readonly ReportedCheck[], now: Date): Report["waivers"] {
  return waivers.map((waiver) => {
    const { check, subject, glob = false, unknown = false, reason, owner, expires } = waiver;
    const asked = checks.find(({ id }) => id === check)?.findings ?? [];
    const findings = asked.filter((finding) => accepts(waiver, { ...finding, check }, now)).map(({ id }) => id);
    const own = asked.filter((finding) => names(waiver, finding.subject));
    // What could not be asked may be just what it accepts, and what does not apply now may fail again.
    const isOpen = asked.some(({ status }) => status === "unknown") || own.some(({ status }) => status === "pending" || status === "skip");
    const told = !isOpen && asked.some(({ status }) => status !== "skip");
    return { check, subject, glob, unknown, reason, owner, expires, state: stateOf(waiver, findings.length > 0, told, now), findings };
  });
}

function stateOf({ expires }: Waiver, used: boolean, told: boolean, now: Date): Report["waivers"][number]["state"] {
  if (expired(expires, now)) return "expired";
  if (!used && told) return "unused";
  if (expired(expires, inSevenDays(now))) return "expiring";
  return used ? "used" : "unasked";
}

function accepts(waiver: Waiver, { check, subject, status }: Waivable, now: Date): boolean {
  const covers = status === "fail" || (status === "unknown" && waiver.unknown === true);
  return covers && waiver.check === check && names(waiver, subject) && !expired(waiver.expires, now);
}

const names = (waiver: Waiver, subject: string) => (waiver.glob ? matches(waiver.subject, subject) : waiver.subject === subject);

/** A date lasts to the end of its day, UTC. */
const expired = (date: string, now: Date) => now.toISOString().slice(0, 10) > date;

const inSevenDays = (now: Date) => new Date(now.getTime() + 7 * 86_400_000);

/** Whether a text is what a pattern says, in which * stands for anything. */
export function matches(pattern: string, text: string): boolean {
  const literal = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literal.join("[^]*")}$`).test(text);
}
