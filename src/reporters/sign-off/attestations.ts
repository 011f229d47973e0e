import { cell, type Section, say, type Tone, table } from "./blocks.ts";
import type { Stand } from "./readings.ts";

type Attestation = Stand["report"]["attestations"][number];

/** Whether somebody's word counts, and what there is to say of it. */
export interface Word {
  readonly counts: boolean;
  readonly says: string;
}

/** What somebody has vouched for under this title. Nobody's word, one that has expired and one still to be given do not count. */
export function wordFor(title: string, { report }: Pick<Stand, "report">): Word {
  const word = report.attestations.find((one) => one.title === title);
  const counts = word?.state === "current";
  return { counts, says: `“${title}” ${word ? saysOf(word) : "is attested by nobody"}` };
}

function saysOf({ state, by, on, expires }: Attestation): string {
  const says = {
    current: `is attested by ${by} on ${on}, until ${expires}`,
    expired: `was attested by ${by} on ${on}, which expired on ${expires}`,
    "future-dated": `is attested by ${by} for ${on}, which is still to come`,
    absent: "is attested by nobody",
  } as const;
  return says[state];
}

const tones: Readonly<Record<Attestation["state"], Tone>> = { current: "good", expired: "open", "future-dated": "open", absent: "open" };
const words: Readonly<Record<Attestation["state"], string>> = {
  current: "counts",
  expired: "expired: it no longer counts",
  "future-dated": "dated in the future: it does not count yet",
  absent: "not attested",
};

/** Who vouches for what, until when; and what criteria want somebody to vouch for, and nobody does. */
export function attestationsSection({ report }: Stand): Section {
  const rows = report.attestations.map(({ title, by, on, expires, state, evidence }) => [
    ...[title, by ?? "nobody", on ?? "", expires ?? ""],
    ...[cell(words[state], tones[state]), evidence ?? "none"],
  ]);
  const blocks = table("What people vouch for", ["what", "by", "on", "expires", "state", "evidence"], rows);
  return { id: "attestations", title: "Attestations", blocks: blocks.length > 0 ? blocks : [say("Nobody vouches for anything.")] };
}
