import { describe, type TestContext, test } from "vitest";
import type { Report } from "../report.ts";
import { stationsOf } from "../reporters/text/stations.ts";
import { allVisible } from "../reporters/text/visible.ts";
import { type Told, told } from "../reporters/text/words.ts";
import { type Outcome, outcomeOf, verdictOutcome } from "./outcome.ts";

/** How a report becomes tests. */
export interface SuiteOptions {
  /** Failing warnings fail their tests; else they are annotated. */
  readonly strict?: boolean;
  /** Tags each test with its severity and its station, such as `secrets` or `load-balancer`; Vitest wants them defined in its configuration. */
  readonly tags?: boolean;
}

/** Makes a suite of a report: a test of the verdict, then one for each check and subject. Call it while tests are collected. */
export function suiteOf(report: Report, { strict = false, tags = false }: SuiteOptions = {}): void {
  const visible = allVisible(report);
  describe(short(`${visible.deployment.name}, ${visible.scene}`), () => {
    test("the verdict is GO", (context) => end(context, verdictOutcome(visible), report.verdict));
    for (const { name, checks } of stationsOf(visible.checks))
      for (const check of checks)
        describe(`${check.order} ${check.id}: ${check.title}`, () => {
          const tagged = tags ? { tags: [check.severity, name.replaceAll(" ", "-")] } : {};
          for (const finding of told({ ...visible, checks: [check] }))
            test(short(finding.subject), tagged, (context) => tell(context, finding, strict));
        });
  });
}

/** A name that is no megabyte. */
const short = (name: string) => (name.length > 200 ? `${name.slice(0, 199)}…` : name);

async function tell(context: TestContext, finding: Told, strict: boolean): Promise<void> {
  const { check, evidence, fix, status, waiver } = finding;
  const outcome = outcomeOf(finding, strict);
  await context.annotate(check.severity, "severity");
  if (Object.keys(evidence).length > 0) await context.annotate(JSON.stringify(evidence), "evidence");
  if (fix) await context.annotate([fix.do, ...fix.run].join("\n"), "fix");
  if (outcome.ends === "pass" && status !== "pass") await context.annotate(outcome.says, "warning");
  end(context, outcome, waiver ? "waived" : status);
}

function end(context: TestContext, { ends, says }: Outcome, name: string): void {
  if (ends === "skip") context.skip(says);
  // Where it was thrown is of no interest to anybody.
  if (ends === "fail") throw Object.assign(new Error(says), { name, stack: "" });
}
