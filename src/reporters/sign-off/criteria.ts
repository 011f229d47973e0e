import type { ReportedFinding } from "../../report.ts";
import { counted } from "../text/words.ts";
import { wordFor } from "./attestations.ts";
import { cell, type Section, say, type Tone, table } from "./blocks.ts";
import type { Stand } from "./readings.ts";

/** How far a criterion is met. Complete is only what was shown, all of it. */
export type Met = "complete" | "partial" | "pending" | "not applicable: at rest";

/** A criterion of the sign-off, and what decides it, one sentence each. */
export interface Criterion {
  readonly title: string;
  readonly met: Met;
  readonly by: readonly string[];
}

/** What one finding or attestation does for a criterion; `aside` is what does not apply. */
type Part = "shown" | "open" | "at rest" | "aside";
interface Proof {
  readonly parts: readonly Part[];
  readonly says: string;
}

/** How far each criterion of the configuration is met. What is not known, waived, or vouched for by nobody is open. */
export function criteriaOf(stand: Stand): readonly Criterion[] {
  return (stand.config.signOff?.criteria ?? []).map(({ title, checks = [], attestations = [] }) => {
    const proofs = [...checks.map((id) => proofOf(id, stand)), ...attestations.map((one) => wordProof(one, stand))];
    const by = proofs.map(({ says }) => says);
    return { title, met: metBy(proofs.flatMap(({ parts }) => parts)), by: by.length > 0 ? by : ["nothing is named that could show it"] };
  });
}

function metBy(parts: readonly Part[]): Met {
  const isShown = parts.includes("shown");
  if (parts.includes("open")) return isShown ? "partial" : "pending";
  if (parts.includes("at rest")) return isShown ? "partial" : "not applicable: at rest";
  return isShown ? "complete" : "pending";
}

function wordProof(title: string, stand: Stand): Proof {
  const { counts, says } = wordFor(title, stand);
  return { parts: [counts ? "shown" : "open"], says };
}

function proofOf(id: string, stand: Stand): Proof {
  const findings = stand.report.checks.find((check) => check.id === id)?.findings ?? [];
  if (findings.length === 0) return { parts: ["open"], says: `${id} was not asked` };
  const groups = Map.groupBy(findings, wayOf);
  const says = [...groups].map(([way, own]) => {
    const reasons = way === "passes" || way === "does not apply at rest" ? [] : [...new Set(own.map((finding) => reasonOf(finding)))];
    const count =
      groups.size > 1 || (findings.length > 1 && way !== "does not apply at rest") ? ` for ${own.length} of ${findings.length}` : "";
    const few = reasons.length > 3 ? `${reasons.slice(0, 3).join("; ")}; and ${reasons.length - 3} more` : reasons.join("; ");
    return `${way}${count}${few && `: ${few}`}`;
  });
  return { parts: findings.map((finding) => partOf(finding, stand)), says: `${id} ${says.join(", ")}` };
}

const ways = { pass: "passes", fail: "fails", pending: "is pending", unknown: "is not known", skip: "does not apply" } as const;

function wayOf({ status, says, waiver }: ReportedFinding): string {
  if (waiver) return "is waived";
  return status === "skip" && restsBy(says) ? "does not apply at rest" : ways[status];
}

/** Checks say so of what cannot be judged because nothing is meant to run. */
const restsBy = (says: string) => /\bat rest\b/.test(says);

function reasonOf({ says, waiver, because }: ReportedFinding): string {
  if (waiver) return `${says} (accepted by ${waiver.owner} until ${waiver.expires})`;
  if (because?.action) return `${because.kind} ${because.action}`;
  return because ? `${because.kind}: ${because.why}` : says;
}

function partOf({ status, says, subject, waiver }: ReportedFinding, { config }: Stand): Part {
  if (waiver) return "open";
  if (status === "pass") return "shown";
  if (status !== "skip") return "open";
  // A service that is to have no task is not waited for.
  const isMeant = subject.startsWith("service:") && config.services[subject.slice("service:".length)]?.desiredCount === 0;
  return restsBy(says) && !isMeant ? "at rest" : "aside";
}

const tones: Readonly<Record<Met, Tone>> = { complete: "good", partial: "open", pending: "open", "not applicable: at rest": "aside" };

/** What had to be done, and how far it is. */
export function criteriaSection(stand: Stand): Section {
  const criteria = criteriaOf(stand);
  const done = criteria.filter(({ met }) => met === "complete").length;
  const rows = criteria.map(({ title, met, by }) => [title, cell(met, tones[met]), by.join(". ")]);
  const blocks =
    criteria.length === 0
      ? [say("The configuration states no criteria under signOff.", "open")]
      : [
          say(`${done} of ${counted(criteria.length, "criterion is", "criteria are")} complete.`),
          ...table("Criteria", ["criterion", "status", "shown by"], rows),
        ];
  return { id: "criteria", title: "Criteria", blocks };
}
