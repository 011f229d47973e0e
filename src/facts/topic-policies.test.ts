import { expect, test } from "vitest";
import type { Json } from "../fact.ts";
import { letsThrough, mayPublish, withPublishing } from "./topic-policies.ts";

const account = "220711411889";
const topic = `arn:aws:sns:ap-southeast-2:${account}:alerts`;
const alarms = [`arn:aws:cloudwatch:ap-southeast-2:${account}:alarm:prod-cpu`];

const statement = (more: { readonly [member: string]: Json }): Json => ({
  Effect: "Allow",
  Principal: { AWS: "*" },
  Action: "SNS:Publish",
  Resource: topic,
  ...more,
});
const ask = (...Statement: readonly Json[]) => mayPublish({ Version: "2012-10-17", Statement }, { topic, account, alarms });
const service = (name: string) => ({ Principal: { Service: name } });
const deny = (more: { readonly [member: string]: Json }) => statement({ Effect: "Deny", ...more });

test("the policy that AWS gives a new topic lets alarms of its account publish", () => {
  const Action = ["SNS:GetTopicAttributes", "SNS:Subscribe", "SNS:Publish"];
  expect(ask(statement({ Action, Condition: { StringEquals: { "AWS:SourceOwner": account } } }))).toBe("yes");
  expect(ask(statement({ Action, Condition: { StringEquals: { "AWS:SourceOwner": "111122223333" } } }))).toBe("no");
});

test("CloudWatch may be let in by name, and no other service stands for it", () => {
  expect(ask(statement(service("cloudwatch.amazonaws.com")))).toBe("yes");
  expect(ask(statement({ Principal: { Service: ["events.amazonaws.com", "cloudwatch.amazonaws.com"] }, Action: "sns:*" }))).toBe("yes");
  expect(ask(statement(service("events.amazonaws.com")))).toBe("no");
  expect(ask(statement({ Principal: { AWS: `arn:aws:iam::${account}:role/deploy` } }))).toBe("no");
});

test("an action or a resource that is another does not apply", () => {
  expect(ask(statement({ Action: ["sns:Subscribe", "sns:GetTopicAttributes"] }))).toBe("no");
  expect(ask(statement({ Resource: `${topic}-old` }))).toBe("no");
  expect(ask(statement({ Action: "*", Resource: "arn:aws:sns:*:*:al*" }))).toBe("yes");
});

test("alarms may be named by pattern", () => {
  const from = (...patterns: string[]) =>
    statement({ ...service("cloudwatch.amazonaws.com"), Condition: { ArnLike: { "aws:SourceArn": patterns } } });
  expect(ask(from(`arn:aws:cloudwatch:ap-southeast-2:${account}:alarm:*`))).toBe("yes");
  expect(ask(from(`arn:aws:cloudwatch:ap-southeast-2:${account}:alarm:staging-*`))).toBe("no");
});

test("what denies alarms wins, and what denies plain HTTP does not deny them", () => {
  const open = statement({});
  expect(ask(open, deny({ Principal: "*" }))).toBe("no");
  expect(ask(open, deny({ Condition: { Bool: { "aws:SecureTransport": "false" } } }))).toBe("yes");
  expect(ask(open, deny({ Condition: { StringNotEquals: { "aws:SourceAccount": account } } }))).toBe("yes");
});

test("what only AWS can decide is never a no", () => {
  expect(ask(statement({ Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }))).toBe("maybe");
  expect(ask(statement({ Principal: { AWS: `arn:aws:iam::${account}:root` } }))).toBe("maybe");
  expect(ask(statement({}), deny({ Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } } }))).toBe("maybe");
  expect(mayPublish(null, { topic, account, alarms })).toBe("maybe");
});

test("a policy is mended by one more statement", () => {
  const before = { Version: "2008-10-17", Id: "mine", Statement: statement(service("events.amazonaws.com")) };
  const after = withPublishing(before, topic);
  expect(after).toMatchObject({ Version: "2008-10-17", Id: "mine", Statement: [before.Statement, { Effect: "Allow" }] });
  expect(mayPublish(after, { topic, account, alarms })).toBe("yes");
});

const through = (filter: Json, filters: "attributes" | "body" = "body") => letsThrough({ filter, filters }, alarms);

test("without a filter everything goes through", () => {
  expect(through(null)).toBe("yes");
  expect(through({}, "attributes")).toBe("yes");
});

test("alarms have no attributes, so that a filter on one lets none through", () => {
  expect(through({ severity: ["high"] }, "attributes")).toBe("no");
  expect(through({ severity: [{ exists: false }] }, "attributes")).toBe("yes");
});

test("a filter on the body is judged by what alarms are known to say", () => {
  expect(through({ NewStateValue: ["ALARM"] })).toBe("yes");
  expect(through({ NewStateValue: ["OK"] })).toBe("no");
  expect(through({ AlarmName: ["prod-cpu", "prod-memory"] })).toBe("yes");
  expect(through({ AlarmName: ["staging-cpu"] })).toBe("no");
  expect(through({ AlarmName: [{ prefix: "prod-" }] })).toBe("maybe");
  expect(through({ Trigger: { Namespace: ["AWS/RDS"] } })).toBe("maybe");
});
