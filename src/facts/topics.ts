import type { Config } from "../config.ts";
import { type Arn, defineFact, given, type Json, known, type Reading } from "../fact.ts";
import type { View } from "../view.ts";
import { type Alarm, isTopic } from "./alarm-types.ts";
import { alarms } from "./alarms.ts";
import { type Caller, caller } from "./caller.ts";

/** A topic. `policy` is its access policy as JSON, `key` what encrypts it; null where it has none. */
export type Topic = { readonly name: string; readonly arn: string; readonly policy: Json; readonly key: string | null };

/** The topics that the configuration names, and those that the alarms notify. */
export const topics = defineFact("topics", {
  kind: "topic",
  calls: ["sns:GetTopicAttributes"],
  needs: [alarms, caller],
  volatile: true,
  absentOn: ["NotFoundException"],

  subjects: topicArns,

  ask: ({ aws, subject }) => aws.sns.GetTopicAttributes({ TopicArn: subject }),

  resources: ({ notifications }, arn) => ({ "sns:GetTopicAttributes": configuredTopics(notifications, arn) }),

  read({ Attributes }, { subject }): Reading<Topic> {
    const { Policy, KmsMasterKeyId } = given(Attributes, "Attributes");
    const policy: Json = Policy === undefined ? null : JSON.parse(Policy);
    return known({ name: topicName(subject), arn: subject, policy, key: KmsMasterKeyId || null });
  },

  name: topicName,
});

/** What a policy may be narrowed to: the configured topics; all where none is. */
export const configuredTopics = (notifications: Config["notifications"], arn: Arn): readonly string[] =>
  (notifications?.topics ?? ["*"]).map((name) => arn("sns", name));

/** The ARNs of those topics. A name alone means a topic beside the alarms, or where the caller is. */
export function topicArns({ config, facts }: { config: Config; facts: { alarms: View<Alarm>; caller: View<Caller> } }): readonly string[] {
  const all = facts.alarms.all();
  const notified = all.flatMap(({ actions }) => actions.filter(isTopic));
  const named = config.notifications?.topics.filter((name) => !notified.some((arn) => topicName(arn) === name)) ?? [];
  if (named.length === 0) return notified;
  const [, partition, , , account] = facts.caller.get("caller").arn.split(":");
  const region = config.region ?? all[0]?.arn.split(":")[3];
  return [...notified, ...named.map((name) => `arn:${partition}:sns:${given(region, "region")}:${account}:${name}`)];
}

/** The name at the end of a topic's ARN. */
export function topicName(arn: string): string {
  return arn.split(":").at(-1) ?? arn;
}
