import { expect, test } from "vitest";
import { troubleOf, unreadLines, waiverWarnings } from "../../src/cli/trouble.ts";
import { complete } from "../../src/config.ts";
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

test("waivers that expired or accept nothing are told, those at work and those of checks not asked are not", () => {
  const waiver = (check: string, subject: string, expires = "2026-12-31") => ({ check, subject, expires, reason: "so", owner: "me" });
  const waivers = [
    waiver("alarm-notifies", "alarm:evictions"),
    waiver("alarm-notifies", "alarm:evictons"),
    waiver("service-steady", "service:backend", "2026-11-19"),
    waiver("dashboard-exists", "dashboard:main"),
  ];
  expect(waiverWarnings(complete({ deployment: "shop", cluster: "c", services: {}, waivers }), story())).toEqual([
    "the waiver of me for alarm-notifies on alarm:evictons accepts nothing: remove it, or correct its subject",
    "the waiver of me for service-steady on service:backend expired on 2026-11-19: it no longer counts",
  ]);
});

test("where a check could not be asked, nobody knows whether its waiver is needed", () => {
  const waivers = [{ check: "topic-reaches-somebody", subject: "topic:other", expires: "2026-12-31", reason: "so", owner: "me" }];
  expect(waiverWarnings(complete({ deployment: "shop", cluster: "c", services: {}, waivers }), story())).toEqual([]);
});

test("what gathering could not read is told by reason", () => {
  expect(unreadLines(story())).toEqual(["not read, denied: sns:ListSubscriptionsByTopic: not authorized to perform (topics/topic:alerts)"]);
});
