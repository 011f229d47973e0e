import { defineFact, given, type Json, known, type Reading } from "../fact.ts";
import { alarms } from "./alarms.ts";
import { caller } from "./caller.ts";
import { configuredTopics, topicArns, topicName } from "./topics.ts";

/** A subscription to a topic. Its filter is known only where it is confirmed. */
export type Subscription = {
  readonly protocol: string;
  /** Where it leads; of a web hook the host alone, since the rest may be a secret. */
  readonly endpoint: string | null;
  readonly status: "confirmed" | "pending" | "deleted";
  readonly filter: Json;
  readonly filters: "attributes" | "body";
};

/** Who is subscribed to each topic. */
export const subscriptions = defineFact("subscriptions", {
  kind: "topic",
  calls: ["sns:ListSubscriptionsByTopic", "sns:GetSubscriptionAttributes"],
  needs: [alarms, caller],
  volatile: true,
  absentOn: ["NotFoundException"],

  subjects: topicArns,

  async ask({ aws, subject }) {
    const { Subscriptions } = await aws.sns.ListSubscriptionsByTopic({ TopicArn: subject });
    const all = given(Subscriptions, "Subscriptions").map((one) => ({ ...one, arn: given(one.SubscriptionArn, "SubscriptionArn") }));
    const silent = all.filter(({ arn }) => statusOf(arn) !== "confirmed").map((one) => ({ ...one, attributes: nothing }));
    const open = all.filter(({ arn }) => statusOf(arn) === "confirmed");
    const told: typeof silent = [];
    // One that lets everything through is enough: not every topic's thousands need be asked.
    while (open.length > 0 && !told.some(({ attributes }) => attributes["FilterPolicy"] === undefined)) {
      const asked = open.splice(0, 20).map(async (one) => {
        const { Attributes } = await aws.sns.GetSubscriptionAttributes({ SubscriptionArn: one.arn });
        return { ...one, attributes: given(Attributes, "Attributes") };
      });
      told.push(...(await Promise.all(asked)));
    }
    return [...told, ...silent];
  },

  resources: ({ notifications }, arn) => ({ "sns:ListSubscriptionsByTopic": configuredTopics(notifications, arn) }),

  read: (all): Reading<{ readonly all: readonly Subscription[] }> =>
    known({
      all: all.map(({ arn, Protocol, Endpoint, attributes }) => ({
        protocol: given(Protocol, "Protocol"),
        endpoint: endpointOf(given(Protocol, "Protocol"), Endpoint),
        status: statusOf(arn),
        filter: attributes["FilterPolicy"] ? (JSON.parse(attributes["FilterPolicy"]) as Json) : null,
        filters: attributes["FilterPolicyScope"] === "MessageBody" ? "body" : "attributes",
      })),
    }),

  name: topicName,
});

const nothing: Readonly<Record<string, string>> = {};

/** https://docs.aws.amazon.com/sns/latest/api/API_Subscription.html: in the place of an ARN stands what has become of it. */
function statusOf(arn: string): Subscription["status"] {
  if (arn === "PendingConfirmation") return "pending";
  return arn === "Deleted" ? "deleted" : "confirmed";
}

function endpointOf(protocol: string, endpoint: string | undefined): string | null {
  if (endpoint === undefined) return null;
  if (protocol.startsWith("http")) return URL.parse(endpoint)?.host ?? null;
  return protocol === "sms" ? `…${endpoint.slice(-2)}` : endpoint;
}
