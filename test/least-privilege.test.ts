import { expect, test } from "vitest";
import { ohmycoinsConfig } from "../fixtures/configuration.ts";
import { play } from "../fixtures/play.ts";
import type { Scene } from "../src/check.ts";
import { complete } from "../src/config.ts";
import { factsOf } from "../src/countdown.ts";
import { loadChecks } from "../src/discover.ts";
import { statementsOf } from "../src/least-policy.ts";
import type { Report } from "../src/report.ts";

const config = complete(ohmycoinsConfig());
const facts = factsOf(await loadChecks());
const statements = statementsOf(facts, config);
const printed = (without?: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: statements
      .map((one) => ({ ...one, Action: one.Action.filter((action) => action !== without) }))
      .filter(({ Action }) => Action.length > 0),
  });
const scenes: readonly Scene[] = ["pre-scale-up", "post-deploy", "sign-off"];
const dispensable: readonly string[] = facts.flatMap((fact) => fact.dispensable);
const actions = statements.flatMap(({ Action }) => Action);

/** The checks that say something else than they did, the action that they say they miss, and what weighs. */
function losses(before: Report, after: Report) {
  return after.checks.flatMap(({ id, severity, status, findings }, n) => {
    if (status === before.checks[n]?.status) return [];
    return [{ id, severity, status, missing: [...new Set(findings.flatMap(({ because }) => because?.action ?? []))] }];
  });
}

test.each(scenes)("the printed policy, and no more, is enough for GO in %s", async (scene) => {
  const { report } = await play({}, { scene, policy: printed() });
  expect(report.unknowns).toEqual([]);
  expect(report.verdict).toBe("GO");
});

test("the embedded AWS that enforces it lets the gate through over HTTP as well", async () => {
  const { report } = await play({}, { wire: true, policy: printed() });
  expect(report).toMatchObject({ verdict: "GO", unknowns: [] });
});

test("a policy that allows nothing leaves nothing but unknowns", async () => {
  const { report } = await play({}, { policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }) });
  expect(report.verdict).toBe("HOLD");
});

test.each(actions)("without %s, whatever needs it is unknown and names it, and nothing else changes", async (action) => {
  for (const scene of scenes) {
    const before = (await play({}, { scene })).report;
    const { report } = await play({}, { scene, policy: printed(action) });
    const lost = losses(before, report);
    const blind = lost.some(({ severity }) => severity === "blocker");
    expect(lost.map(({ status }) => status)).toEqual(lost.map(() => "unknown"));
    expect(lost.filter(({ missing }) => !missing.includes(action)).map(({ id }) => id)).toEqual([]);
    expect(report.verdict).toBe(blind ? "HOLD" : "GO");
    if (dispensable.includes(action)) expect(lost).toEqual([]);
  }
});

test("the policy is narrowed wherever IAM lets it be", () => {
  const wide = statements.filter(({ Resource }) => Resource === "*").flatMap(({ Action }) => Action);
  expect(wide).toMatchInlineSnapshot(`
    [
      "application-autoscaling:DescribeScalableTargets",
      "cloudwatch:DescribeAlarms",
      "cloudwatch:GetAlarmMuteRule",
      "cloudwatch:ListAlarmMuteRules",
      "config:DescribeConfigurationRecorderStatus",
      "ec2:DescribeFlowLogs",
      "ec2:DescribeInternetGateways",
      "ec2:DescribeNatGateways",
      "ec2:DescribeNetworkAcls",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcEndpoints",
      "ecr:DescribePullThroughCacheRules",
      "ecs:DescribeTaskDefinition",
      "ecs:ListTasks",
      "elasticloadbalancing:DescribeListenerCertificates",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeRules",
      "elasticloadbalancing:DescribeTargetGroups",
      "elasticloadbalancing:DescribeTargetHealth",
      "guardduty:ListDetectors",
      "iam:GetPolicy",
      "iam:GetPolicyVersion",
      "pricing:GetProducts",
      "route53:ListHostedZones",
      "servicequotas:GetAWSDefaultServiceQuota",
      "servicequotas:GetServiceQuota",
      "sns:GetSubscriptionAttributes",
      "wafv2:GetWebACL",
      "wafv2:GetWebACLForResource",
    ]
  `);
});

test("the policy fits into one managed policy", () => {
  // Without white space. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  expect(printed().length).toBeLessThanOrEqual(6144);
});
