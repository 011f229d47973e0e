import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { check, finding, reportOf, story } from "../../test/cli/reports.ts";
import reading, { runIn } from "../../test/reporters/sarif.ts";
import type { Report } from "../report.ts";
import render from "./sarif.ts";

const configuration = { file: "deploy/seaworthy config.yaml", lines: { secrets: 7, "secrets/backend-secret": 8 } };
const told = (report: Report) => ({ ...report, origin: { by: null, commit: null, url: null, configuration } });
const run = (report: Report) => runIn(render(report, {}));
const resultOf = (report: Report, subject: string) =>
  run(report).results.find(({ locations }) => locations?.[0]?.logicalLocations?.[0]?.fullyQualifiedName === `shop/${subject}`);
const hashes = (report: Report) => run(report).results.map(({ partialFingerprints }) => partialFingerprints?.["seaworthyFinding/v1"]);

test("there is a rule for each check that was asked, and it says why", () => {
  const report = story();
  const rules = run(report).tool.driver.rules ?? [];
  expect(rules.map(({ id }) => id)).toEqual(report.checks.map(({ id }) => id));
  expect(rules[1]).toMatchObject({
    name: "SecretCurrentVersion",
    shortDescription: { text: "secret-current-version is so" },
    fullDescription: { text: "People lean on it." },
    defaultConfiguration: { level: "error" },
    properties: { tags: ["secrets", "blocker"], "problem.severity": "error" },
  });
  expect(rules.find(({ id }) => id === "alarm-notifies")?.defaultConfiguration).toEqual({ level: "warning" });
});

test("what fails is a failure of its check's level, at its line, with the commands that mend it", () => {
  const result = resultOf(told(story()), "secret:backend-secret");
  expect(result).toMatchObject({ ruleId: "secret-current-version", ruleIndex: 1, kind: "fail", level: "error", suppressions: [] });
  expect(result?.message.text).toContain("Put a value with the ten required keys.\naws secretsmanager put-secret-value");
  expect(result?.locations?.[0]).toEqual({
    physicalLocation: { artifactLocation: { uri: "deploy/seaworthy%20config.yaml" }, region: { startLine: 8 } },
    logicalLocations: [{ name: "backend-secret", kind: "secret", fullyQualifiedName: "shop/secret:backend-secret" }],
  });
});

test("what is not known or still moving is open, and of no level", () => {
  for (const subject of ["topic:alerts", "target-group:backend-tg"])
    expect(resultOf(story(), subject)).toMatchObject({ kind: "open", level: "none" });
});

test("each finding has a fingerprint of its own, however alike their names are", () => {
  const subjects = ["reference:backend:2/backend/SMTP_HOST", "reference:backend:2/backend/SMTP_PORT"];
  const rows = [
    check(
      340,
      "secrets-injected",
      subjects.map((subject) => finding("secrets-injected", subject, { status: "fail" })),
    ),
  ];
  expect(new Set(hashes(reportOf(rows))).size).toBe(2);
});

test("a waiver is an accepted suppression with its reason, owner and end, and hides no evidence", () => {
  expect(resultOf(story(), "alarm:evictions")).toMatchObject({
    level: "note",
    suppressions: [{ kind: "external", status: "accepted", justification: "Expected. (platform@example.org, until 2026-12-31)" }],
    properties: { evidence: { seen: 1 } },
  });
});

test("what passed or did not apply is no result, of which GitHub would make an alert", () => {
  expect(run(story()).results.map(({ properties }) => properties?.["status"])).toEqual([
    "fail",
    "fail",
    "pending",
    "fail",
    "unknown",
    "fail",
  ]);
});

test("a finding keeps its fingerprint whatever it says, wherever it stands, and under another waiver", () => {
  const report = story();
  const other = report.checks.toReversed().map((one) => ({
    ...one,
    severity: "warning" as const,
    findings: one.findings.toReversed().map((finding) => ({ ...finding, says: `${finding.says}, still`, evidence: {}, waiver: null })),
  }));
  expect(hashes({ ...told(report), checks: other, scene: "sign-off" }).sort()).toEqual(hashes(report).sort());
});

test("the trap: two findings of a check at the same line are two, as are those of another deployment", () => {
  const twins = ["a", "b"].map((name) => finding("alarm-notifies", `alarm:${name}`, { status: "fail", says: "has no ALARM action" }));
  const report = told(reportOf([check(850, "alarm-notifies", twins)]));
  const elsewhere = { ...report, deployment: { ...report.deployment, name: "shop-two" } };
  expect(new Set([...hashes(report), ...hashes(elsewhere)]).size).toBe(4);
  const lineHashes = run(report).results.map(({ partialFingerprints }) => partialFingerprints?.["primaryLocationLineHash"]);
  expect(new Set(lineHashes).size).toBe(2);
});

test("without a configuration there is a location all the same, else GitHub refuses the whole file", () => {
  for (const { locations } of run(story()).results)
    expect(locations?.[0]?.physicalLocation).toEqual({ artifactLocation: { uri: "seaworthy.config.yaml" }, region: { startLine: 1 } });
});

test("the run says how it ended, when, and what it could not find out", () => {
  const { invocations, automationDetails } = run(story());
  expect(automationDetails).toEqual({ id: "seaworthy/shop/post-deploy/" });
  expect(invocations).toEqual([
    {
      executionSuccessful: true,
      exitCode: 3,
      exitCodeDescription: "NO-GO",
      startTimeUtc: "2026-11-20T10:00:00.000Z",
      endTimeUtc: "2026-11-20T10:00:02.300Z",
      toolExecutionNotifications: [
        {
          level: "warning",
          message: { text: "topics/topic:alerts is not known: denied sns:ListSubscriptionsByTopic: not authorized to perform" },
        },
      ],
    },
  ]);
  expect(run({ ...story(), interrupted: true, exitCode: 130 }).invocations?.[0]).toMatchObject({ executionSuccessful: false });
});

test.for([
  [5000, "", 5000],
  [26_000, "", 25_000],
  [6000, "x".repeat(3000), 0],
] as const)("%i findings stay within what GitHub takes, the worst first", ([count, tail, kept]) => {
  const alarms = Array.from({ length: count }, (_, n) => {
    const evidence = { seen: `${n}${tail}` };
    return finding("alarm-notifies", `alarm:alarm-${n}${tail}`, { status: n % 2 ? "fail" : "unknown", says: "has no action", evidence });
  });
  const worst = finding("service-steady", "service:web", { status: "fail", says: "runs 0 of 2 tasks" });
  const report = reportOf([check(500, "alarm-notifies", alarms, { severity: "warning" }), check(520, "service-steady", [worst])]);
  const text = render(report, {});
  const { results, invocations } = runIn(text);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(10_000_000);
  expect(gzipSync(text).length).toBeLessThanOrEqual(10_000_000);
  expect(results.length).toBeLessThanOrEqual(25_000);
  expect(results.length).toBeGreaterThanOrEqual(kept ? Math.min(kept, 5001) : 1000);
  expect(results[0]?.ruleId).toBe("service-steady");
  const left = count + 1 - results.length;
  const notes = invocations?.[0]?.toolExecutionNotifications?.map(({ message }) => message.text) ?? [];
  expect(notes).toEqual(left > 0 ? [`${left} results, the least grave, did not fit into what GitHub takes`] : []);
  if (count === 5000) expect(reading.problems(text)).toEqual([]);
});
