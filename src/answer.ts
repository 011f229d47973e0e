import type { Check, Context, Evidence, Finding, Findings, NamedCheck } from "./check.ts";
import { type Reading, type Unknown, unknown } from "./fact.ts";
import type { Snapshot } from "./gather.ts";
import { type Collection, type Missing, NotKnown, view } from "./view.ts";

/** What only the engine may say. */
interface Unanswered {
  readonly status: "unknown";
  readonly says: string;
  readonly because: Unknown;
  readonly leansOn?: readonly string[];
  readonly byItself?: true;
}

/** A check's finding, or the engine's own; of which subject, which may be a part of the one asked about, and on what evidence. */
export type Answer = (Finding | Unanswered) & {
  readonly subject: string;
  readonly partOf: string;
  readonly evidence: Evidence;
};

/** What a run is judged by, besides its snapshot. */
export type Setting = Pick<Context, "config" | "scene">;

/** Everything one check has to say. `accounted`: the subjects whose absence another check has answered for. Never throws. */
export function answersOf(check: NamedCheck, snapshot: Snapshot, setting: Setting, accounted: ReadonlySet<string>): readonly Answer[] {
  const excused = ({ subject, reading }: Missing) => reading.state === "absent" && accounted.has(subject);
  const facts = Object.fromEntries(check.needs.map(({ id }) => [id, view(collectionOf(id, snapshot), excused)]));
  const { kind, readings, missing } = collectionOf(check.about.id, snapshot);
  const calls = [...new Set([check.about, ...check.needs].flatMap((fact) => fact.calls))];

  const answers = Object.entries(readings).flatMap(([name, reading]): Answer[] => {
    const subject = `${kind}:${name}`;
    const asked = { askedAt: reading.at, calls };
    try {
      const context = { ...setting, name, now: new Date(snapshot.takenAt) };
      const said = check.evaluate(handed(check, { subject, reading }), facts, context);
      return sound(said).map((finding) => {
        const evidence = { ...("evidence" in finding ? finding.evidence : {}), ...asked };
        return { subject, ...finding, partOf: subject, evidence };
      });
    } catch (error) {
      const crash = () => ({
        subject,
        reading: unknown("internal", `the check crashed: ${error instanceof Error ? `${error.name}: ${error.message}` : "no error"}`),
      });
      const found = error instanceof NotKnown ? error.missing : crash();
      return [{ ...silence(subject, found, excused(found)), evidence: asked }];
    }
  });

  const all = [...missing.map((one) => silence(one.subject, one, excused(one))), ...answers];
  const deployment = `deployment:${setting.config.deployment}`;
  return all.length > 0 ? single(all) : [{ evidence: {}, ...check.none, subject: deployment, partOf: deployment }];
}

/** A finding is named by its check and subject, so that two about one subject, even by way of two parts, are none. */
function single(answers: readonly Answer[]): readonly Answer[] {
  return [...Map.groupBy(answers, ({ subject }) => subject).values()].flatMap(([first, ...more]) => {
    if (!first || more.length === 0) return first ?? [];
    // What is missing may be told of from two sides.
    if (more.every(({ status, says }) => status === first.status && says === first.says)) return first;
    const { subject } = first;
    return silence(subject, { subject, reading: unknown("internal", "it said two things about it") }, false);
  });
}

/** The value; or the whole reading, where absence is the check's business. */
function handed({ facesAbsence }: Check, { subject, reading }: { subject: string; reading: Reading }): unknown {
  if (reading.state === "known") return facesAbsence ? reading : reading.value;
  if (reading.state === "absent" && facesAbsence) return reading;
  throw new NotKnown({ subject, reading });
}

const statuses: readonly unknown[] = ["pass", "fail", "pending", "skip"];

/** What the types ask of a check, asked again at run time: a green that nothing supports must not get through. */
function sound(said: Findings): readonly Finding[] {
  const findings = [said].flat() as readonly Finding[];
  if (findings.length === 0) throw new NotKnown(fault("it said nothing"));
  for (const finding of findings) {
    if (!statuses.includes(finding?.status)) throw new NotKnown(fault("it said something that is no finding"));
    if (finding.status === "pass" && Object.keys(finding.evidence).length === 0) throw new NotKnown(fault("it passed without evidence"));
  }
  return findings;
}

const fault = (why: string): Missing => ({ subject: "check", reading: unknown("internal", why) });

/** The engine's own finding, for a question that met something not known: a skip if another check answers for it, else unknown. */
function silence(subject: string, missing: Missing, excused: boolean): Answer {
  const without = missing.subject === subject ? "" : ` without ${missing.subject}`;
  const says = `cannot be judged${without}: ${missing.reading.why}`;
  if (excused) return { status: "skip", says, subject, partOf: subject, evidence: {} };

  const nobodys = unknown("invalid", `${missing.subject} is absent, and no check in this run answers for that`);
  const because = missing.reading.state === "unknown" ? missing.reading : nobodys;
  return { status: "unknown", says, because, subject, partOf: subject, evidence: {} };
}

function collectionOf(id: string, snapshot: Snapshot): Collection {
  const nothing = { subject: `fact:${id}`, reading: unknown("internal", "it was not gathered") };
  return snapshot.facts[id] ?? { kind: "fact", readings: {}, names: {}, missing: [nothing], links: [] };
}
