import type { Stated } from "./config.ts";
import type { Report } from "./report.ts";

/** What somebody vouches for, and whether their word counts today. */
export type AttestationState = Report["attestations"][number];

/** Every attestation that is stated, or that a criterion names: by title, the one that counts before those that do not. */
export function stateOf({ attestations = [], signOff }: Pick<Stated, "attestations" | "signOff">, now: Date): readonly AttestationState[] {
  const today = now.toISOString().slice(0, 10);
  const stated = attestations.map(
    ({ title, by, on, expires, evidence = null }): AttestationState => ({
      ...{ title, by, on, expires, evidence },
      state: on > today ? "future-dated" : expires < today ? "expired" : "current",
    }),
  );
  const named = (signOff?.criteria ?? []).flatMap((criterion) => criterion.attestations ?? []);
  const titles = new Set([...attestations.map(({ title }) => title), ...named]);
  return [...titles].map((title) => {
    // One that was renewed stands there twice.
    const own = stated.filter((one) => one.title === title).toSorted((a, b) => (b.expires ?? "").localeCompare(a.expires ?? ""));
    return own.find(({ state }) => state === "current") ?? own[0] ?? absent(title);
  });
}

const absent = (title: string): AttestationState => ({ title, by: null, on: null, expires: null, evidence: null, state: "absent" });
