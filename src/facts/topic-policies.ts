import type { Json } from "../fact.ts";
import type { Subscription } from "./subscriptions.ts";

/** Who publishes to a topic: the alarms, of an account, by ARN. */
export type Publishing = { readonly topic: string; readonly account: string; readonly alarms: readonly string[] };

/** What can be said of a permission: "maybe" where it hangs on what only AWS knows. */
export type Answer = "yes" | "no" | "maybe";

/**
 * Whether a topic's access policy lets CloudWatch alarms publish.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html#sns-publish-cloudwatch-alarms
 */
export function mayPublish(policy: Json, publishing: Publishing): Answer {
  if (policy === null) return "maybe";
  const statements = [member(policy, "Statement") ?? []].flat() as readonly Json[];
  const applying = (effect: string) => statements.filter((one) => member(one, "Effect") === effect).map((one) => applies(one, publishing));
  if (applying("Deny").includes("yes")) return "no";
  const allowed = applying("Allow");
  if (allowed.includes("yes")) return applying("Deny").includes("maybe") ? "maybe" : "yes";
  return allowed.includes("maybe") ? "maybe" : "no";
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

function applies(statement: Json, publishing: Publishing): Answer {
  const action = strings(member(statement, "Action")).some((one) => like(one.toLowerCase(), "sns:publish"));
  const resource = strings(member(statement, "Resource") ?? "*").some((one) => like(one, publishing.topic));
  const turned = ["NotAction", "NotResource", "NotPrincipal"].some((key) => member(statement, key) !== undefined);
  if (turned) return "maybe";
  if (!action || !resource) return "no";
  return weakest([principalOf(member(statement, "Principal"), publishing), ...conditionsOf(member(statement, "Condition"), publishing)]);
}

function principalOf(principal: Json | undefined, { account }: Publishing): Answer {
  if (principal === "*" || strings(member(principal, "AWS")).includes("*")) return "yes";
  if (strings(member(principal, "Service")).some((one) => /^cloudwatch(alarms)?\.amazonaws\.com(\.cn)?$/.test(one))) return "yes";
  // Nobody promises that an alarm acts for its account, nor that it does not.
  return strings(member(principal, "AWS")).some((one) => one === account || one === root(account, one)) ? "maybe" : "no";
}

const root = (account: string, like: string) => `arn:${like.split(":")[1]}:iam::${account}:root`;

function conditionsOf(condition: Json | undefined, publishing: Publishing): readonly Answer[] {
  return entries(condition).flatMap(([operator, keys]) =>
    entries(keys).map(([key, wanted]) => conditionOf(operator, key, strings(wanted), publishing)),
  );
}

/** What CloudWatch's request holds under the condition keys that are known of it. */
function conditionOf(operator: string, key: string, wanted: readonly string[], { account, alarms }: Publishing): Answer {
  const held: { readonly [key: string]: readonly string[] } = {
    "aws:sourceaccount": [account],
    "aws:sourceowner": [account],
    "aws:sourcearn": alarms,
    "aws:securetransport": ["true"],
  };
  const values = held[key.toLowerCase()];
  const [, negative] = /^(?:String|Arn)(Not)?(?:Equals|Like)(?:IgnoreCase)?(?:IfExists)?$|^Bool(?:IfExists)?$/i.exec(operator) ?? ["", "?"];
  if (!values?.length || negative === "?") return "maybe";
  const matching = values.filter((value) => wanted.some((one) => like(one, value)));
  const all: Answer = matching.length === values.length ? "yes" : matching.length === 0 ? "no" : "maybe";
  return negative === undefined || all === "maybe" ? all : all === "yes" ? "no" : "yes";
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

const weakest = (answers: readonly Answer[]): Answer => (answers.includes("no") ? "no" : answers.includes("maybe") ? "maybe" : "yes");

const entries = (value: Json | undefined): readonly (readonly [string, Json])[] =>
  value && typeof value === "object" && !Array.isArray(value) ? Object.entries(value) : [];

const member = (value: Json | undefined, name: string): Json | undefined => entries(value).find(([key]) => key === name)?.[1];

const strings = (value: Json | undefined): readonly string[] => [value ?? []].flat().map(String);

/** Whether a text is what a pattern of IAM says, in which * and ? stand for anything. */
function like(pattern: string, text: string): boolean {
  const literal = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${literal}$`, "s").test(text);
}
