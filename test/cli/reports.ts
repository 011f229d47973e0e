import { complete } from "../../src/config.ts";
import { type Report, reportSchema } from "../../src/report.ts";
import type { SnapshotFile } from "../../src/snapshot.ts";

type Check = Report["checks"][number];
type Finding = Check["findings"][number];

/** A finding as reports hold it, with what matters to a test. */
export function finding(check: string, subject: string, rest: Partial<Finding> = {}): Finding {
  const blank = { cause: null, fix: null, because: null, explainedBy: null, waiver: null };
  return { id: `${check}/${subject}`, subject, status: "pass", says: "is as it should be", evidence: { seen: 1 }, ...blank, ...rest };
}

/** A check as reports hold it. */
export function check(order: number, id: string, findings: Finding[], rest: Partial<Check> = {}): Check {
  const gravity = ["skip", "pass", "pending", "unknown", "fail"] as const;
  const counted = findings.map(({ status, waiver }) => (waiver ? "skip" : status));
  const status = gravity.findLast((one) => counted.includes(one)) ?? "unknown";
  return { id, order, title: `${id} is so`, why: "People lean on it.", severity: "blocker", status, attempts: 1, findings, ...rest };
}

/** A report that its own schema accepts, with counts that fit its checks. */
export function reportOf(checks: Check[], rest: Partial<Report> = {}): Report {
  const findings = checks.flatMap((one) => one.findings);
  const count = (status: Finding["status"]) => findings.filter((one) => one.status === status && !one.waiver).length;
  const blocking = checks.filter(({ severity }) => severity === "blocker").flatMap((one) => one.findings);
  return reportSchema.parse({
    schema: "seaworthy.report/1",
    tool: { name: "seaworthy", version: "0.1.0" },
    deployment: { name: "shop", account: "220711411889", region: "ap-southeast-2", cluster: "shop-cluster" },
    scene: "post-deploy",
    verdict: "NO-GO",
    exitCode: 3,
    interrupted: false,
    startedAt: "2026-11-20T10:00:00.000Z",
    finishedAt: "2026-11-20T10:00:02.300Z",
    origin: { by: null, commit: null, url: null, configuration: null },
    snapshot: null,
    coverage: { blocking: blocking.length, answered: blocking.filter(({ status }) => status === "pass" || status === "fail").length },
    counts: {
      pass: count("pass"),
      fail: count("fail"),
      pending: count("pending"),
      unknown: count("unknown"),
      skip: count("skip"),
      waived: findings.filter(({ waiver }) => waiver).length,
    },
    rootCauses: [],
    checks,
    links: [],
    since: null,
    waivers: [],
    attestations: [],
    notAsked: [],
    unknowns: [],
    waiting: [],
    runbook: null,
    usage: { durationMs: 2300, calls: { "ecs:DescribeServices": { count: 2, retries: 0, throttled: 0, ms: 80 } } },
    ...rest,
  });
}

/** A snapshot without readings that fits a report. */
export const snapshotOf = ({ deployment: { name, cluster }, tool, scene, startedAt }: Report): SnapshotFile => ({
  ...{ tool, scene, takenAt: startedAt, facts: {}, lacking: {}, rounds: { attempts: {}, waiting: [] }, calls: {} },
  config: complete({ deployment: name, cluster, services: {} }),
});

/** The secret has no value, and all that follows: one of everything that a report can hold. */
export function story(name = "backend"): Report {
  const put = `aws secretsmanager put-secret-value --region ap-southeast-2 --secret-id ${name}-secret --secret-string file://secret.json`;
  const secret = finding("secret-current-version", `secret:${name}-secret`, {
    status: "fail",
    says: "has no AWSCURRENT version: it was created without a value",
    cause: "secret-no-current-version",
    evidence: { stages: {}, askedAt: "2026-11-20T10:00:01.000Z", calls: ["secretsmanager:DescribeSecret"] },
    fix: { do: "Put a value with the ten required keys.", run: [put] },
  });
  const steady = finding("service-steady", `service:${name}`, {
    status: "fail",
    says: "runs 0 of 2 tasks",
    explainedBy: secret.id,
    fix: { do: "Look at why its tasks stop.", run: [] },
  });
  const targets = finding("targets-healthy", `target-group:${name}-tg`, { status: "pending", says: "has targets that are still initial" });
  const denied = finding("topic-reaches-somebody", "topic:alerts", {
    status: "unknown",
    says: "cannot be judged: not authorized to perform: SNS:ListSubscriptionsByTopic",
    because: { kind: "denied", action: "sns:ListSubscriptionsByTopic", why: "not authorized to perform: SNS:ListSubscriptionsByTopic" },
  });
  const silent = (alarm: string) =>
    finding("alarm-notifies", `alarm:${alarm}`, {
      status: "fail",
      says: "has no ALARM action",
      fix: { do: "Give it one.", run: [`aws cloudwatch describe-alarms --alarm-names ${alarm}`] },
    });
  const waived = { ...silent("evictions"), waiver: { reason: "Expected.", owner: "platform@example.org", expires: "2026-12-31" } };
  const checks = [
    check(110, "account-expected", [finding("account-expected", "caller:caller")]),
    check(220, "secret-current-version", [secret]),
    check(230, "secret-keys-present", [finding("secret-keys-present", `secret:${name}-secret`, { status: "skip", says: "has no value" })]),
    check(520, "service-steady", [steady]),
    check(640, "targets-healthy", [targets]),
    check(850, "alarm-notifies", [silent("cpu"), waived], { severity: "warning" }),
    check(860, "topic-reaches-somebody", [denied], { severity: "warning" }),
  ];
  const rootCauses = [
    {
      finding: secret.id,
      cause: secret.cause,
      says: `${secret.subject} ${secret.says}`,
      alike: [],
      explains: [steady.id],
      chain: [secret.id, steady.id],
      recheck: ["secret-current-version", "service-steady"],
      fix: secret.fix,
      afterwards: [`aws ecs update-service --region ap-southeast-2 --service ${name} --force-new-deployment`],
    },
  ];
  const unknowns = [
    { fact: "topics/topic:alerts", kind: "denied" as const, action: "sns:ListSubscriptionsByTopic", why: "not authorized to perform" },
  ];
  return reportOf(checks, { rootCauses, unknowns, notAsked: ["alarm-quiet"] });
}
