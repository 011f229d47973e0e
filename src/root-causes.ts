import { type Explanation, rootOf } from "./causes.ts";
import type { ReportedCheck, RootCause, Status } from "./report.ts";

/** Failures that nothing explains, worst first; what is still moving only where nothing fails, and warnings where no blocker does. */
export function rootCausesOf(checks: readonly ReportedCheck[], explainedBy: Explanation): readonly RootCause[] & RootCause[] {
  const findings = checks.flatMap((check) => check.findings.filter(({ waiver }) => !waiver).map((finding) => ({ ...finding, check })));
  const of = (status: Status, severity: string) => findings.filter((one) => one.status === status && one.check.severity === severity);
  const failing = of("fail", "blocker");
  const bad = failing.length > 0 ? failing : [...of("pending", "blocker"), ...of("fail", "warning")];
  const roots = new Set(bad.map(({ id }) => rootOf(id, explainedBy)));

  const rooted = findings.filter(({ id }) => roots.has(id));
  const siblings = Map.groupBy(rooted, ({ check, cause, says }) => `${check.id} ${cause ?? says}`);
  const families = Map.groupBy(siblings, ([key, [first]]) => mendingOf(first?.fix ?? null) ?? key);
  const explained = findings.filter(({ id }) => explainedBy.has(id));
  const causes = [...families.values()].flatMap((alike): RootCause[] => {
    const [first, ...rest] = alike.flatMap(([, own]) => own);
    if (!first) return [];
    const family = [first, ...rest].map(({ id }) => id);
    const explains = explained.filter(({ id }) => family.includes(rootOf(id, explainedBy))).map(({ id }) => id);
    const { id: finding, cause, subject, says, fix } = first;
    const concerned = findings.filter(({ id }) => family.includes(id) || explains.includes(id));
    const recheck = [...new Set(concerned.map(({ check }) => check.id))];
    return [
      {
        finding,
        cause,
        says: `${subject} ${says}`,
        alike: family.slice(1),
        explains,
        chain: chainOf(finding, explains, explainedBy),
        recheck,
        fix,
        afterwards: [...new Set(explained.flatMap((one) => (explains.includes(one.id) ? stillNeeded(one.fix, fix) : [])))],
      },
    ];
  });
  return causes.toSorted((a, b) => b.explains.length - a.explains.length);
}

/** What of a consequence's own mending is left to do after the cause's, which may deploy the same service anew. */
function stillNeeded(consequence: RootCause["fix"], cause: RootCause["fix"]): readonly string[] {
  const deployed = (cause?.run ?? []).flatMap((command) => serviceOf(command) ?? []);
  return (consequence?.again ?? []).filter((command) => !deployed.includes(serviceOf(command) ?? ""));
}

const serviceOf = (command: string) => /^aws ecs update-service .*?--service (\S+)/.exec(command)?.[1];

/** The commands that mend it, if they do so as they stand: what the same ones mend is one fault, whoever suffers from it. */
function mendingOf(fix: RootCause["fix"]): string | null {
  const whole = (command: string) =>
    !/"\$|file:|--force-new-deployment|^aws [\w-]+ (?:describe|get|list|batch-get)-|^(?!aws )/.test(command);
  return fix && fix.run.length > 0 && fix.run.every(whole) ? fix.run.join("\n") : null;
}

/** The longest way from a cause to something that it explains. */
function chainOf(root: string, explains: readonly string[], explainedBy: Explanation): string[] {
  const wayTo = (id: string): string[] => {
    const nearer = explainedBy.get(id);
    return id === root || nearer === undefined ? [id] : [...wayTo(nearer), id];
  };
  const ways = explains.map(wayTo).filter(([first]) => first === root);
  // Of several, the one that ends nearest to the users.
  return ways.toReversed().toSorted((a, b) => b.length - a.length)[0] ?? [root];
}
