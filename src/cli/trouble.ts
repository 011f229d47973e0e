import type { Config } from "../config.ts";
import type { Report } from "../report.ts";
import { allVisible } from "../reporters/text/visible.ts";
import { matches } from "../waivers.ts";

type Reason = Report["unknowns"][number];

const login = "log in (aws sso login, or aws configure), or name a profile that works: --profile NAME";

/** Ways in which AWS is out of reach as a whole: how it shows in what the SDK says, what it is, and how to mend it. */
const troubles: readonly (readonly [RegExp, string, string])[] = [
  [/region is missing/i, "no AWS region is known", "give --region REGION, set AWS_REGION, or write region: into the configuration"],
  [/expired|sso session|refresh .*token/i, "the AWS session has expired", login],
  [
    /could not load credentials|unable to (locate|load) credentials|profile .*(not (be )?found|could not)|could not (resolve|find) (credentials|profile)/i,
    "no AWS credentials were found",
    login,
  ],
  [
    /security token .*invalid|signature .*(not match|does not)|not valid .*(key|token)|access key .*(does not exist|invalid)/i,
    "AWS does not accept the credentials",
    login,
  ],
];

/** One line on what keeps the whole run from AWS, and how to mend it; nothing where AWS answers. */
export function troubleOf(report: Pick<Report, "unknowns" | "coverage">, endpoint: string | undefined): string | undefined {
  const asked = allVisible(report.unknowns).filter(({ kind }) => kind !== "unasked");
  for (const [says, what, mend] of troubles) {
    const reason = asked.find(({ kind, why }) => (kind === "denied" || kind === "invalid" || kind === "network") && says.test(why));
    if (reason) return `seaworthy: ${what} (${reason.why}): ${mend}`;
  }
  const unreachable = asked.find(({ kind, action }) => action !== null && (kind === "network" || kind === "timeout"));
  if (!unreachable || report.coverage.answered > 0) return undefined;
  const where = endpoint ? `AWS cannot be reached at ${endpoint}` : "AWS cannot be reached";
  return `seaworthy: ${where} (${whyOf(unreachable)}): look at the network, the proxy and ${endpoint ? "the endpoint's URL" : "the region's name"}`;
}

const whyOf = ({ action, why }: Reason) => (action ? `${action}: ${why}` : why);

/** What the keeper of the waivers should know: those that have expired, and those that accept nothing any more. */
export function waiverWarnings({ waivers }: Config, report: Report): readonly string[] {
  const today = report.startedAt.slice(0, 10);
  return allVisible(waivers).flatMap(({ check, subject, glob, expires, owner }) => {
    const which = `the waiver of ${owner} for ${check} on ${subject}`;
    if (expires < today) return [`${which} expired on ${expires}: it no longer counts`];
    const asked = report.checks.find(({ id }) => id === check);
    const used = asked?.findings.some(
      (finding) => finding.waiver && (glob ? matches(subject, finding.subject) : subject === finding.subject),
    );
    // What could not be asked may be just what it accepts.
    const open = asked?.findings.some(({ status }) => status === "unknown");
    return !asked || used || open ? [] : [`${which} accepts nothing: remove it, or correct its subject`];
  });
}

/** What a run of just gathering could not read, by reason. */
export function unreadLines({ unknowns }: Pick<Report, "unknowns">): readonly string[] {
  const byReason = Map.groupBy(allVisible(unknowns), (reason) => `${reason.kind}: ${whyOf(reason)}`);
  return [...byReason].map(([reason, all]) => `not read, ${reason} (${all.map(({ fact }) => fact).join(", ")})`);
}
