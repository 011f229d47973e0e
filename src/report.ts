import {
  array,
  boolean,
  describe,
  int,
  json,
  literal,
  nullable,
  enum as oneOf,
  type output,
  record,
  strictObject,
  string,
  tuple,
} from "zod/mini";

const scene = oneOf(["post-deploy", "pre-scale-up", "sign-off"]);
const severity = oneOf(["blocker", "warning", "advice"]);
const status = oneOf(["pass", "fail", "pending", "unknown", "skip"]);
const verdict = oneOf(["GO", "NO-GO", "HOLD"]);
const ignorance = oneOf(["denied", "throttled", "timeout", "network", "moved", "invalid", "internal", "unasked"]);
const fix = strictObject({ do: string(), run: array(string()) });

const because = strictObject({ kind: ignorance, action: nullable(string()), why: string() });

const waiver = strictObject({ reason: string(), owner: string(), expires: string() });

const finding = strictObject({
  id: string().check(describe("check/kind:name")),
  subject: string().check(describe("kind:name, by the shortest name that is unique in the deployment")),
  status,
  says: string().check(describe("A predicate; with its subject it makes a sentence")),
  evidence: record(string(), json()),
  cause: nullable(string()),
  fix: nullable(fix),
  because: nullable(because).check(describe("For unknown: what kept us from knowing")),
  explainedBy: nullable(string()).check(describe("The finding that explains this one")),
  waiver: nullable(waiver),
});

const check = strictObject({
  id: string(),
  order: int(),
  title: string(),
  why: string(),
  severity,
  status: status.check(describe("The worst of its findings; a waived one counts as skip")),
  attempts: int().check(describe("In how many rounds it was asked")),
  findings: array(finding),
});

const rootCause = strictObject({
  finding: string(),
  cause: nullable(string()),
  says: string(),
  alike: array(string()).check(describe("Findings of the same check and cause, or that the same commands mend, folded into this one")),
  explains: array(string()),
  chain: array(string()).check(describe("From this finding to the furthest that it explains, each explained by the one before")),
  recheck: array(string()).check(describe("The checks to ask again once it is mended")),
  fix: nullable(fix),
});

const origin = strictObject({
  by: nullable(string()).check(describe("Who ran it")),
  commit: nullable(string()).check(describe("The commit that the pipeline or the working tree was at")),
  url: nullable(string()).check(describe("The pipeline's page of this run")),
  configuration: nullable(
    strictObject({
      file: string(),
      lines: record(string(), int()).check(
        describe("The line of each section, such as secrets, and of each name in it, such as secrets/app"),
      ),
    }),
  ),
});

const findingIds = array(string());

const since = strictObject({
  at: string(),
  verdict,
  commit: nullable(string()),
  new: findingIds.check(describe("Fails now, and did not")),
  fixed: findingIds.check(describe("Failed, and passes now")),
  stillFailing: findingIds,
  flipped: findingIds.check(describe("Known then and not now, or the other way round")),
  noLongerAsked: findingIds,
});

/** The report document, `seaworthy.report/1`: the only source of every reporter. */
export const reportSchema = strictObject({
  schema: literal("seaworthy.report/1"),
  tool: strictObject({ name: literal("seaworthy"), version: string() }),
  deployment: strictObject({ name: string(), account: nullable(string()), region: nullable(string()), cluster: string() }),
  scene,
  verdict,
  exitCode: int(),
  interrupted: boolean().check(describe("A signal ended the run; what was not finished is unknown, kind unasked")),
  startedAt: string(),
  finishedAt: string(),
  origin,
  snapshot: nullable(string()).check(describe("The SHA-256 of the snapshot that it rests on, as the snapshot's file states it")),
  coverage: strictObject({ blocking: int(), answered: int() }),
  counts: strictObject({ pass: int(), fail: int(), pending: int(), unknown: int(), skip: int(), waived: int() }),
  rootCauses: array(rootCause),
  checks: array(check),
  links: array(tuple([string(), string()])).check(describe("What leans on what: while the second is broken, the first cannot work")),
  since: nullable(since).check(describe("What changed since the last GO of this deployment in this scene")),
  notAsked: array(string()).check(describe("Checks of this scene that --only or --skip left out")),
  unknowns: array(strictObject({ fact: string(), kind: ignorance, action: nullable(string()), why: string() })),
  waiting: array(strictObject({ at: string(), pending: array(string()) })),
  runbook: nullable(array(strictObject({ do: string(), run: array(string()), takes: string() }))),
  usage: strictObject({
    durationMs: int(),
    calls: record(string(), strictObject({ count: int(), retries: int(), throttled: int(), ms: int() })),
  }),
});

/** What a run came to, as every reporter is handed it. */
export type Report = output<typeof reportSchema>;
/** One check of a report. */
export type ReportedCheck = Report["checks"][number];
/** One finding of a report. */
export type ReportedFinding = ReportedCheck["findings"][number];
/** A failure that nothing explains, and what it explains. */
export type RootCause = Report["rootCauses"][number];
/** The status of a finding or a check. */
export type Status = ReportedFinding["status"];
/** How many calls a run made of each action. */
export type Usage = Report["usage"]["calls"];
