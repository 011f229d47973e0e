import type { Report } from "../report.ts";
import { allVisible } from "../reporters/text/visible.ts";

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

/** What the keeper of waivers and attestations should know: which no longer count, accept nothing, or soon run out. */
export function waiverWarnings({ scene, waivers, attestations }: Pick<Report, "scene" | "waivers" | "attestations">): readonly string[] {
  const ofWaivers = allVisible(waivers).flatMap((waiver) => {
    const says = saysOf(waiver);
    return says ? [`the waiver of ${waiver.owner} for ${waiver.check} on ${waiver.subject} ${says}`] : [];
  });
  // Nothing else asks what somebody vouches for.
  return [...ofWaivers, ...(scene === "sign-off" ? allVisible(attestations).flatMap(attestationWarning) : [])];
}

function saysOf({ state, subject, glob, expires }: Report["waivers"][number]): string | undefined {
  if (state === "expired") return `expired on ${expires}: it no longer counts`;
  if (subject.includes("*") && !glob && (state === "unused" || state === "unasked"))
    return "accepts nothing: its * stands for itself; where it is meant as a pattern, add glob: true";
  if (state === "unused") return "accepts nothing: remove it, or correct its subject";
  return state === "expiring" ? `expires on ${expires}: mend what it accepts until then, or renew it` : undefined;
}

function attestationWarning({ title, by, on, expires, state }: Report["attestations"][number]): readonly string[] {
  if (state === "expired") return [`the attestation "${title}" of ${by} expired on ${expires}: what it closed is open again`];
  if (state === "future-dated")
    return [`the attestation "${title}" of ${by} is dated ${on}, which is yet to come: it does not count before`];
  return state === "absent" ? [`nobody has attested "${title}": its criterion stays open`] : [];
}

/** What a run of just gathering could not read, by reason. */
export function unreadLines({ unknowns }: Pick<Report, "unknowns">): readonly string[] {
  const byReason = Map.groupBy(allVisible(unknowns), (reason) => `${reason.kind}: ${whyOf(reason)}`);
  return [...byReason].map(([reason, all]) => `not read, ${reason} (${all.map(({ fact }) => fact).join(", ")})`);
}
