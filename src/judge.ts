import { type Answer, answersOf, type Setting } from "./answer.ts";
import { explain } from "./causes.ts";
import type { Config } from "./config.ts";
import type { Countdown, PlannedCheck } from "./countdown.ts";
import type { Link } from "./fact.ts";
import type { Snapshot } from "./gather.ts";
import { placed } from "./placed.ts";
import type { Report, ReportedCheck, ReportedFinding } from "./report.ts";
import { rootCausesOf } from "./root-causes.ts";
import { counted, countsOf, worst } from "./tally.ts";
import { type Verdict, verdictOf } from "./verdict.ts";
import { missingFrom } from "./view.ts";
import { waiverOf } from "./waivers.ts";

/** The part of a report that follows from the snapshot alone. */
export type Judgement = Verdict &
  Pick<Report, "scene" | "coverage" | "counts" | "rootCauses" | "checks" | "links" | "notAsked" | "unknowns">;

/** How a run is judged, besides by its snapshot. */
export interface Rules extends Setting {
  readonly strict?: boolean;
  /** In how many rounds a check was asked, by id; once, where nothing is said. */
  readonly attempts?: ReadonlyMap<string, number>;
}

/** Asks every check of the countdown about the snapshot. Pure: same snapshot, same judgement. */
export function judge({ checks, notAsked }: Countdown, snapshot: Snapshot, rules: Rules): Judgement {
  const answers = answersOfAll(checks, snapshot, rules);
  const now = new Date(snapshot.takenAt);
  const links = linksOf(snapshot, [...answers.values()].flat());

  const judged = checks.map((check) => ({
    check,
    findings: (answers.get(check.id) ?? []).map((answer) => reported(check, answer, rules.config, now)),
  }));
  const alone = new Set(
    [...answers].flatMap(([check, own]) => own.flatMap(({ byItself, subject }) => (byItself ? `${check}/${subject}` : []))),
  );
  const explainedBy = explain(
    judged.flatMap(({ check, findings }) =>
      findings.map((finding) => ({
        ...{ ...finding, check: check.id, status: counted(finding), breaks: check.breaks },
        symptom: !alone.has(finding.id) && check.symptom,
      })),
    ),
    links,
  );
  const reports = judged.map(({ check: { id, order, title, why, severity }, findings }): ReportedCheck => {
    const attempts = rules.attempts?.get(id) ?? 1;
    const explained = findings.map((finding) => ({ ...finding, explainedBy: explainedBy.get(finding.id) ?? null }));
    return { id, order, title, why, severity, status: worst(findings.map(counted)), attempts, findings: explained };
  });

  const weighed = reports.flatMap(({ severity, findings }) =>
    findings.map((finding) => ({ ...finding, severity, waived: finding.waiver !== null })),
  );
  const blocking = weighed.filter(({ severity }) => severity === "blocker");
  return {
    ...verdictOf(weighed, rules),
    scene: rules.scene,
    coverage: { blocking: blocking.length, answered: blocking.filter(({ status }) => status === "pass" || status === "fail").length },
    counts: countsOf(weighed),
    rootCauses: rootCausesOf(reports, explainedBy),
    checks: reports,
    links: links.map(([from, to]) => [from, to]),
    notAsked: [...notAsked],
    unknowns: unknownsOf(snapshot),
  };
}

/** An absence excuses others only once a check that accounts for it has answered it with no pass; those checks may excuse each other. */
function answersOfAll(checks: readonly PlannedCheck[], snapshot: Snapshot, setting: Setting): Map<string, readonly Answer[]> {
  const answers = new Map<string, readonly Answer[]>();
  const accounted = new Set<string>();
  const accounting = checks.filter(({ accountsFor }) => accountsFor.length > 0);
  for (let before = -1; before < accounted.size; ) {
    before = accounted.size;
    for (const check of accounting) {
      const own = answersOf(check, snapshot, setting, accounted);
      answers.set(check.id, own);
      for (const { subject, status } of own) if (status !== "pass" && status !== "unknown") accounted.add(subject);
    }
  }
  for (const check of checks) if (!answers.has(check.id)) answers.set(check.id, answersOf(check, snapshot, setting, accounted));
  return answers;
}

function reported({ id: check }: PlannedCheck, answer: Answer, config: Config, now: Date): ReportedFinding {
  const { subject, status, says, evidence } = answer;
  return {
    id: `${check}/${subject}`,
    subject,
    status,
    says,
    evidence: { ...evidence } as ReportedFinding["evidence"],
    cause: (answer.status === "fail" && answer.cause) || null,
    fix: answer.status === "fail" ? placed(answer.fix, config) : null,
    because: answer.status === "unknown" ? becauseOf(answer.because) : null,
    explainedBy: null,
    waiver: waiverOf({ check, subject, status }, config.waivers, now),
  };
}

const becauseOf = ({ kind, action = null, why }: { kind: Report["unknowns"][number]["kind"]; action?: string | null; why: string }) => ({
  kind,
  action,
  why,
});

/** What leans on what: as facts know it, and each part on the whole that it is a part of. */
function linksOf({ facts }: Snapshot, answers: readonly Answer[]): readonly Link[] {
  const ids = new Map<string, string>(
    Object.values(facts).flatMap(({ kind, names }) =>
      Object.entries(names).map(([id, name]) => [`${kind}:${id}`, `${kind}:${name}`] as const),
    ),
  );
  const known = Object.values(facts).flatMap(({ links }) => links.map(([from, to]): Link => [ids.get(from) ?? from, ids.get(to) ?? to]));
  const parts = answers.flatMap(({ subject, partOf, leansOn = subject === partOf ? [] : [partOf] }) =>
    leansOn.map((to): Link => [subject, ids.get(to) ?? to]),
  );
  return [...known, ...parts];
}

/** Everything that could not be found out, and why. */
export function unknownsOf({ facts }: Snapshot): Report["unknowns"] {
  return Object.entries(facts).flatMap(([fact, collection]) =>
    missingFrom(collection).flatMap(({ subject, reading }) => {
      if (reading.state !== "unknown" || !subject.startsWith(`${collection.kind}:`)) return [];
      return [{ fact: `${fact}/${subject}`, ...becauseOf(reading) }];
    }),
  );
}
