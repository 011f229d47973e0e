import { expect, test } from "vitest";
import { troubleOf, unreadLines, waiverWarnings } from "../../src/cli/trouble.ts";
import type { Report } from "../../src/report.ts";
import { reportOf, story } from "./reports.ts";

type Reason = Report["unknowns"][number];
const without = (...unknowns: Reason[]) => reportOf([], { verdict: "HOLD", exitCode: 5, unknowns });
const reason = (kind: Reason["kind"], why: string): Reason => ({
  fact: "caller/credentials:caller",
  kind,
  action: "sts:GetCallerIdentity",
  why,
});

// In the words of the SDK and of AWS.
test.for([
  ["denied", "Could not load credentials from any providers", "no AWS credentials were found"],
  ["denied", "Could not resolve credentials using profile: [nope] in configuration/credentials file(s).", "no AWS credentials were found"],
  ["denied", "The security token included in the request is expired", "the AWS session has expired"],
  [
    "denied",
    "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
    "the AWS session has expired",
  ],
  ["denied", "The SSO session associated with this profile has expired.", "the AWS session has expired"],
  ["denied", "The security token included in the request is invalid.", "AWS does not accept the credentials"],
  ["invalid", "Region is missing", "no AWS region is known"],
  ["network", "connect ECONNREFUSED 127.0.0.1:9", "AWS cannot be reached"],
  ["timeout", "time ran out before it was answered", "AWS cannot be reached"],
] as const)("%s: %s", ([kind, why, says]) => {
  const line = troubleOf(without(reason(kind, why)), undefined) ?? "";
  expect(line).toContain(says);
  expect(line.split("\n")).toHaveLength(1);
});

test("a single refusal is no trouble with AWS as a whole", () => {
  expect(troubleOf(story(), undefined)).toBeUndefined();
});

test("what was never asked says nothing about AWS", () => {
  expect(troubleOf(without(reason("unasked", "account-expected comes first, and the session expired")), undefined)).toBeUndefined();
});

test("waivers and attestations that no longer count, accept nothing or soon run out are told, those at work are not", () => {
  const waiver = (subject: string, state: Report["waivers"][number]["state"], expires = "2026-12-31") => ({
    ...{ check: "alarm-notifies", subject, expires, state, reason: "so", owner: "me" },
    ...{ glob: false, unknown: false, findings: [] },
  });
  const waivers = [
    waiver("alarm:evictions", "used"),
    waiver("alarm:evictons", "unused"),
    waiver("alarm:cpu", "expired", "2026-11-19"),
    waiver("alarm:memory", "expiring", "2026-11-22"),
    waiver("alarm:rds-*", "unused"),
    { ...waiver("alarm:alb-*", "used"), glob: true },
    waiver("dashboard:main", "unasked"),
  ];
  const attestation = (title: string, state: Report["attestations"][number]["state"]) => ({
    ...{ title, by: "dev", on: "2026-12-01", expires: "2026-12-31", evidence: null, state },
  });
  const attestations = [
    attestation("Migrations ran", "current"),
    attestation("Backup was restored", "expired"),
    attestation("Load was tested", "future-dated"),
    { ...attestation("Runbook was read", "absent"), by: null },
  ];
  const ofWaivers = [
    "the waiver of me for alarm-notifies on alarm:evictons accepts nothing: remove it, or correct its subject",
    "the waiver of me for alarm-notifies on alarm:cpu expired on 2026-11-19: it no longer counts",
    "the waiver of me for alarm-notifies on alarm:memory expires on 2026-11-22: mend what it accepts until then, or renew it",
    "the waiver of me for alarm-notifies on alarm:rds-* accepts nothing: its * stands for itself; where it is meant as a pattern, add glob: true",
  ];
  expect(waiverWarnings(reportOf([], { waivers, attestations }))).toEqual(ofWaivers);
  expect(waiverWarnings(reportOf([], { waivers, attestations, scene: "sign-off" }))).toEqual([
    ...ofWaivers,
    'the attestation "Backup was restored" of dev expired on 2026-12-31: what it closed is open again',
    'the attestation "Load was tested" of dev is dated 2026-12-01, which is yet to come: it does not count before',
    'nobody has attested "Runbook was read": its criterion stays open',
  ]);
});

test("what gathering could not read is told by reason", () => {
  expect(unreadLines(story())).toEqual(["not read, denied: sns:ListSubscriptionsByTopic: not authorized to perform (topics/topic:alerts)"]);
});
