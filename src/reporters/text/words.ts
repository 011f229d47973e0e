import type { Report, ReportedFinding, Status } from "../../report.ts";

/** A sign for each status that needs no colour to be told from the others. */
export const signs: Readonly<Record<Status, string>> = { pass: "✔", fail: "✖", pending: "…", unknown: "?", skip: "–" };

/** Above the commands for what does not recover by itself. */
export const deployAgain = "Then deploy again what ECS gave up: it takes up nothing by itself.";

/** A finding, and the check that it is of. */
export type Told = ReportedFinding & { readonly check: Report["checks"][number] };

/** All findings of a report in countdown order, each with its check. */
export function told({ checks }: Report): readonly Told[] {
  return checks.flatMap((check) => check.findings.map((finding) => ({ ...finding, check })));
}

/** `1 finding`, `2 findings`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** What the verdict means, as a predicate about the deployment. */
export function meaning({ verdict, exitCode, interrupted, scene, checks }: Report): string {
  const fit = scene === "pre-scale-up" ? "fit to be scaled up" : "fit to carry traffic";
  const blockers = checks.filter(({ severity }) => severity === "blocker").flatMap(({ findings }) => findings);
  const open = (status: Status) => blockers.filter((finding) => finding.status === status && !finding.waiver).length;
  if (interrupted) return "was not judged to the end: the run was interrupted";
  if (verdict === "NO-GO") return `is not ${fit}`;
  if (verdict === "GO") return exitCode === 4 ? `is ${fit}, but warnings count here` : `is ${fit}`;
  if (open("unknown") > 0)
    return `cannot be judged: ${counted(open("unknown"), "blocking question has", "blocking questions have")} no answer`;
  return open("pending") > 0 ? "is still moving: waiting may settle it" : "cannot be judged: nothing that decides could be asked";
}

/** How much of what decides was answered. */
export function coverageOf({ coverage: { blocking, answered }, checks }: Report): string {
  const blockers = checks.filter(({ severity }) => severity === "blocker").flatMap(({ findings }) => findings);
  const aside = blockers.filter(({ status }) => status === "skip").length;
  const open = blocking - answered - aside;
  const rest = [aside > 0 ? `${aside} ${aside === 1 ? "does" : "do"} not apply` : "", open > 0 ? `${open} open` : ""];
  return [`${answered} of ${counted(blocking, "blocking question")} answered`, ...rest].filter((part) => part).join(", ");
}

/** How many findings there are of each kind, those that there are none of left out. */
export function countsOf({ counts }: Pick<Report, "counts">): string {
  const words = { pass: "passed", fail: "failed", pending: "pending", unknown: "unknown", skip: "skipped", waived: "waived" } as const;
  const some = Object.entries(words).filter(([status]) => counts[status as keyof typeof words] > 0);
  return some.map(([status, word]) => `${counts[status as keyof typeof words]} ${word}`).join(", ") || "nothing was asked";
}

/** How many calls a run made of AWS. */
export const callsOf = ({ calls }: Report["usage"]): number => Object.values(calls).reduce((sum, { count }) => sum + count, 0);

/** How long a run took, and how much it asked: `2.3 s, 34 AWS calls`. */
export const effortOf = ({ usage }: Pick<Report, "usage">): string =>
  `${(usage.durationMs / 1000).toFixed(1)} s, ${counted(callsOf(usage), "AWS call")}`;

/** Where a deployment is, part by part. */
export const placeOf = ({ account, region, cluster }: Omit<Report["deployment"], "name">): readonly string[] => [
  account === null ? "account not known" : `account ${account}`,
  ...[region ?? "region not known", `cluster ${cluster}`],
];

type Because = NonNullable<ReportedFinding["because"]>;

/** What kind of ignorance it is, and of which call: `denied ecs:ListTasks`. */
export const hindranceOf = ({ kind, action }: Pick<Because, "kind" | "action">): string => (action === null ? kind : `${kind} ${action}`);

/** The whole reason for not knowing: `denied ecs:ListTasks: not authorized`. */
export const reasonOf = (because: Because): string => `${hindranceOf(because)}: ${because.why}`;

/** The terms on which a failure is accepted: `until 2026-12-31 by ops: behind the VPN`. */
export const termsOf = ({ expires, owner, reason }: NonNullable<ReportedFinding["waiver"]>): string =>
  `until ${expires} by ${owner}: ${reason}`;

/** Findings by their checks: `targets-healthy of target-group:a, target-group:b; service-steady of service:c`. */
export function listed(ids: readonly string[]): string {
  const byCheck = Map.groupBy(ids, (id) => id.slice(0, id.indexOf("/")));
  return [...byCheck].map(([check, own]) => `${check} of ${own.map((id) => id.slice(check.length + 1)).join(", ")}`).join("; ");
}

/** Which findings a reason left open; of very many, only their checks. */
export function leftOpen(findings: readonly Told[]): string {
  if (findings.length <= 12) return listed(findings.map(({ id }) => id));
  return `${findings.length} findings of ${[...new Set(findings.map(({ check }) => check.id))].join(", ")}`;
}
