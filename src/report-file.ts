import { array, boolean, int, literal, looseObject, nullable, enum as oneOf, type output, string } from "zod/mini";
import type { EarlierRun } from "./changes.ts";
import { documentIn } from "./document.ts";
import { Mistake } from "./mistake.ts";
import type { Report } from "./report.ts";
import { countsOf } from "./tally.ts";
import { verdictOf } from "./verdict.ts";

const status = oneOf(["pass", "fail", "pending", "unknown", "skip"]);

// Only what is compared, so that what an older or newer version of the tool wrote besides is no hindrance.
const schema = looseObject({
  schema: literal("seaworthy.report/1"),
  deployment: looseObject({ name: string(), account: nullable(string()), region: nullable(string()), cluster: string() }),
  scene: oneOf(["post-deploy", "pre-scale-up", "sign-off"]),
  verdict: oneOf(["GO", "NO-GO", "HOLD"]),
  interrupted: boolean(),
  startedAt: string(),
  origin: looseObject({ commit: nullable(string()) }),
  counts: looseObject({ pass: int(), fail: int(), pending: int(), unknown: int(), skip: int(), waived: int() }),
  notAsked: array(string()),
  checks: array(
    looseObject({
      id: string(),
      severity: oneOf(["blocker", "warning", "advice"]),
      findings: array(
        looseObject({
          id: string(),
          subject: string(),
          status,
          says: string(),
          cause: nullable(string()),
          because: nullable(looseObject({ kind: string(), action: nullable(string()), why: string() })),
          explainedBy: nullable(string()),
          waiver: nullable(looseObject({ reason: string(), owner: string(), expires: string() })),
        }),
      ),
    }),
  ),
});

/** A report as it is read back to be compared: of this version of the format, by whichever version of the tool. */
export interface EarlierReport extends EarlierRun, Pick<Report, "deployment" | "scene" | "interrupted" | "notAsked"> {}

/** Reads a report that was written whole and not edited since, as far as that shows; else throws a Mistake that says which. */
export function parseReport(text: string, file: string): EarlierReport {
  const again = "Write one: seaworthy gate --reporter json:FILE";
  const parsed = schema.safeParse(documentIn(text, file, { schema: "seaworthy.report/1", again }));
  if (!parsed.success)
    throw new Mistake(`${file} was edited: ${parsed.error.issues[0]?.path.join(".") || "it"} is not as it was written`, again);
  const wrong = contradiction(parsed.data);
  if (wrong !== undefined) throw new Mistake(`${file} was edited: ${wrong}`, again);
  return parsed.data as EarlierReport;
}

/** What one part of a report says against another; a report that was written by a run has none. */
function contradiction({ checks, counts, verdict }: output<typeof schema>): string | undefined {
  const findings = checks.flatMap(({ id, severity, findings }) => findings.map((one) => ({ ...one, check: id, severity })));
  const misnamed = findings.find(({ id, check, subject }) => id !== `${check}/${subject}`);
  if (misnamed) return `the finding ${misnamed.id} is not about what its id says`;
  if (new Set(findings.map(({ id }) => id)).size < findings.length) return "it has a finding twice";
  const weighed = findings.map(({ severity, status, waiver }) => ({ severity, status, waived: waiver !== null }));
  const told = Object.entries(countsOf(weighed)).find(([status, count]) => counts[status] !== count);
  if (told) return `it counts ${counts[told[0]]} ${told[0]}, and has ${told[1]}`;
  const { verdict: own } = verdictOf(weighed);
  return own === verdict ? undefined : `its verdict is ${verdict}, and its findings come to ${own}`;
}
