import type { Json } from "../fact.ts";
import { type Answer, entries, weakest } from "./iam-conditions.ts";
import { decide, type PolicyDocument, rootOf } from "./iam-policies.ts";
import type { Subscription } from "./subscriptions.ts";

/** Who publishes to a topic: the alarms, of an account, by ARN. */
export type Publishing = { readonly topic: string; readonly account: string; readonly alarms: readonly string[] };

/** What CloudWatch goes by: alarms have had a name of their own, and regions in China another end. */
const services = ["cloudwatch.amazonaws.com", "cloudwatchalarms.amazonaws.com", "cloudwatch.amazonaws.com.cn"];

/**
 * Whether a topic's access policy lets CloudWatch alarms publish.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html#sns-publish-cloudwatch-alarms
 */
export function mayPublish(policy: Json, { topic, account, alarms }: Publishing): Answer {
  if (policy === null) return "maybe";
  const context = {
    "aws:SourceAccount": account,
    "aws:SourceOwner": account,
    ...(alarms.length === 0 ? {} : { "aws:SourceArn": alarms }),
    "aws:SecureTransport": "true",
  };
  const asked = { action: "sns:Publish", resource: topic, context };
  const said = (principal: string) => decide([policy as unknown as PolicyDocument], { ...asked, principal });
  const named = services.map(said);
  // Nobody promises that an alarm acts for its account, nor that it does not.
  const owner = said(rootOf(account, topic));
  if (named.includes("deny")) return "no";
  if (named.includes("undecided") || owner === "deny") return "maybe";
  if (named.includes("allow")) return "yes";
  return owner === "none" ? "no" : "maybe";
}

/** The policy with a statement that lets CloudWatch alarms publish. */
export function withPublishing(policy: Json, topic: string): Json {
  const statement = {
    Sid: "AlarmsMayPublish",
    Effect: "Allow",
    Principal: { Service: "cloudwatch.amazonaws.com" },
    Action: "sns:Publish",
    Resource: topic,
  };
  const before = Object.fromEntries(entries(policy));
  return { Version: "2012-10-17", ...before, Statement: [...([before["Statement"] ?? []].flat() as readonly Json[]), statement] };
}

/**
 * Whether a subscription lets an alarm's message through. CloudWatch sends no message attributes; its body is one JSON object.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 */
export function letsThrough({ filter, filters }: Pick<Subscription, "filter" | "filters">, alarms: readonly string[]): Answer {
  const names = alarms.map((arn) => arn.split(":").slice(6).join(":"));
  const body: { readonly [key: string]: readonly string[] } = { NewStateValue: ["ALARM"], AlarmName: names, AlarmArn: alarms };
  const answers = entries(filter).map(([key, conditions]): Answer => {
    if (key.startsWith("$")) return "maybe";
    const wanted = [conditions].flat() as readonly Json[];
    if (filters === "attributes") return wanted.some((one) => member(one, "exists") === false) ? "yes" : "no";
    const values = body[key];
    if (!values || wanted.some((one) => typeof one !== "string")) return "maybe";
    return values.some((value) => wanted.includes(value)) ? "yes" : "no";
  });
  return weakest(answers);
}

const member = (value: Json | undefined, name: string): Json | undefined => entries(value).find(([key]) => key === name)?.[1];
