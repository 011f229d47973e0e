import {
  array,
  boolean,
  describe,
  int,
  json,
  literal,
  nullable,
  enum as oneOf,
  optional,
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
const fix = strictObject({
  do: string().check(describe("One imperative sentence")),
  run: array(string()).check(describe("The commands to run for it, with real names; placeholders where only you know the value")),
  again: optional(array(string())).check(describe("Those that it still takes where its root cause alone is mended")),
});

const because = strictObject({
  kind: ignorance,
  action: nullable(string()).check(describe("The IAM action that it takes to find out")),
  why: string().check(describe("What was answered instead, in AWS's words where it has some")),
});

const waiver = strictObject({
  reason: string(),
  owner: string(),
  expires: string().check(describe("The last day on which it counts, UTC")),
});

const finding = strictObject({
  id: string().check(describe("check/kind:name")),
  subject: string().check(describe("kind:name, by the shortest name that is unique in the deployment")),
  status,
  says: string().check(describe("A predicate; with its subject it makes a sentence")),
  evidence: record(string(), json()).check(describe("What it rests on: what was answered, when, to which calls")),
  cause: nullable(string()).check(describe("The kind of fault, from the list of causes, where one fits")),
  fix: nullable(fix).check(describe("What mends it, where it fails")),
  because: nullable(because).check(describe("For unknown: what kept us from knowing")),
  explainedBy: nullable(string()).check(describe("The finding that explains this one")),
  waiver: nullable(waiver).check(describe("Who accepts it, and until when")),
});

const check = strictObject({
  id: string().check(describe("A noun and its good state, such as secret-keys-present")),
  order: int().check(describe("Its place in the countdown: 230 is of station 2xx")),
  title: string().check(describe("True when it passes")),
  why: string().check(describe("What it means to people, or to money, if it does not")),
  severity: severity.check(describe("What its failure weighs in this scene")),
  status: status.check(describe("The worst of its findings; a waived one counts as skip")),
  attempts: int().check(describe("In how many rounds it was asked")),
  findings: array(finding),
});

const rootCause = strictObject({
  finding: string().check(describe("The id of the finding")),
  cause: nullable(string()).check(describe("The kind of fault, from the list of causes, where one fits")),
  says: string().check(describe("The whole sentence, subject included")),
  alike: array(string()).check(describe("Findings of the same check and cause, or that the same commands mend, folded into this one")),
  explains: array(string()).check(describe("The findings that are gone once it is mended")),
  chain: array(string()).check(describe("From this finding to the furthest that it explains, each explained by the one before")),
  recheck: array(string()).check(describe("The checks to ask again once it is mended")),
  fix: nullable(fix).check(describe("What mends it")),
  afterwards: array(string()).check(describe("Commands for what does not recover by itself, such as a deployment that ECS gave up")),
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
  at: string().check(describe("When that was")),
  verdict: verdict.check(describe("What it came to")),
  commit: nullable(string()).check(describe("The commit of that run")),
  new: findingIds.check(describe("Fails now, and did not")),
  fixed: findingIds.check(describe("Failed, and passes now")),
  stillFailing: findingIds.check(describe("Failed then, and fails now")),
  flipped: findingIds.check(describe("Known then and not now, or the other way round")),
  noLongerAsked: findingIds.check(describe("Asked then, and not now")),
});

const keptWaiver = strictObject({
  check: string(),
  subject: string(),
  glob: boolean().check(describe("In the subject, * stands for anything")),
  unknown: boolean().check(describe("It covers not knowing as well")),
  reason: string(),
  owner: string(),
  expires: string().check(describe("The last day on which it counts, UTC")),
  state: oneOf(["used", "unused", "unasked", "expiring", "expired"]).check(
    describe(
      "used: it accepts findings; unused: it accepts nothing; unasked: its check was not asked, had no answer or did not apply; expiring: as used or unasked, for seven days at most; expired: it no longer counts",
    ),
  ),
  findings: findingIds.check(describe("What it accepts")),
});

const attestation = strictObject({
  title: string(),
  by: nullable(string()),
  on: nullable(string()).check(describe("The day on which it was given, UTC")),
  expires: nullable(string()).check(describe("The last day on which it counts, UTC")),
  evidence: nullable(string()).check(describe("Where it can be seen")),
  state: oneOf(["current", "expired", "future-dated", "absent"]).check(
    describe("Only a current one closes a criterion; absent: a criterion names it, and nobody has given it"),
  ),
});

/** The report document, `seaworthy.report/1`: the only source of every reporter. */
export const reportSchema = strictObject({
  schema: literal("seaworthy.report/1").check(describe("Changes only where a reader of it would break")),
  tool: strictObject({ name: literal("seaworthy"), version: string() }).check(describe("Who wrote it")),
  deployment: strictObject({ name: string(), account: nullable(string()), region: nullable(string()), cluster: string() }).check(
    describe("What was judged, and where it is; the account is the one that AWS named"),
  ),
  scene: scene.check(describe("post-deploy is the gate, pre-scale-up the checklist")),
  verdict: verdict.check(describe("The answer")),
  exitCode: int().check(describe("How the process ended")),
  interrupted: boolean().check(describe("A signal ended the run; what was not finished is unknown, kind unasked")),
  startedAt: string().check(describe("ISO 8601, UTC")),
  finishedAt: string().check(describe("ISO 8601, UTC")),
  origin: origin.check(describe("Where the run comes from, as far as it shows")),
  snapshot: nullable(string()).check(describe("The SHA-256 of the snapshot that it rests on, as the snapshot's file states it")),
  coverage: strictObject({ blocking: int(), answered: int() }).check(
    describe("How many findings are of blockers, and how many of those are pass or fail"),
  ),
  counts: strictObject({ pass: int(), fail: int(), pending: int(), unknown: int(), skip: int(), waived: int() }).check(
    describe("Findings by status, waived ones apart"),
  ),
  rootCauses: array(rootCause).check(describe("The failures that no other failure explains, worst first")),
  checks: array(check).check(describe("Every check that was asked, in the order of the countdown")),
  links: array(tuple([string(), string()])).check(describe("What leans on what: while the second is broken, the first cannot work")),
  since: nullable(since).check(
    describe("What changed since the last GO of this deployment in this scene; of a sign-off without any, since the last sign-off"),
  ),
  waivers: array(keptWaiver).check(describe("Every waiver of the configuration, and what became of it")),
  attestations: array(attestation).check(describe("Every attestation that the configuration states, or its criteria name")),
  notAsked: array(string()).check(describe("Checks of this scene that --only or --skip left out")),
  unknowns: array(strictObject({ fact: string(), kind: ignorance, action: nullable(string()), why: string() })).check(
    describe("What could not be found out, and what kept us from it"),
  ),
  waiting: array(strictObject({ at: string(), pending: array(string()) })).check(
    describe("What was still open after each round of asking but the last"),
  ),
  runbook: nullable(array(strictObject({ do: string(), run: array(string()), takes: string() }))).check(
    describe("Of a checklist, and of a sign-off of what is at rest: what brings the stack up, in order"),
  ),
  usage: strictObject({
    durationMs: int(),
    calls: record(string(), strictObject({ count: int(), retries: int(), throttled: int(), ms: int() })),
  }).check(describe("What the run cost: its time, and the calls by action")),
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
