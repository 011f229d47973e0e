import { defineCheck, type Fix, fail, pass, presence, sh, skip } from "../src/check.ts";
import { alarms } from "../src/facts/alarms.ts";
import { type Subscription, subscriptions } from "../src/facts/subscriptions.ts";
import { letsThrough, mayPublish, withPublishing } from "../src/facts/topic-policies.ts";
import { type Topic, topics } from "../src/facts/topics.ts";

export default defineCheck({
  title: "Every topic that alarms notify reaches somebody",
  why: "An alarm that is published to nobody is a fire bell with its wire cut.",
  severity: { "pre-scale-up": "warning", "post-deploy": "warning", "sign-off": "blocker" },
  about: presence(topics),
  needs: [alarms, subscriptions],
  none: skip("no topic is configured, and no alarm notifies one"),

  evaluate(topic, facts, { name }) {
    if (topic.state === "absent") {
      const create = sh`aws sns create-topic --name ${name}`;
      return fail("does not exist", { answer: topic.why }, { do: "Create the topic, and subscribe to it.", run: [create] });
    }
    const { arn, key, policy } = topic.value;
    // https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns: its key policy does not let CloudWatch in, and cannot be edited.
    if (key !== null && /(^|:)alias\/aws\/sns$/.test(key))
      return fail("is encrypted with alias/aws/sns, under which CloudWatch cannot publish", { key }, decrypt(topic.value));

    const notifying = facts.alarms.all().flatMap((alarm) => (alarm.actions.includes(arn) ? [alarm.arn] : []));
    const account = (notifying[0] ?? arn).split(":")[4] ?? "";
    const publish = mayPublish(policy, { topic: arn, account, alarms: notifying });
    if (publish === "no") return fail("does not let CloudWatch publish to it", { policy }, letIn(topic.value));

    const { all } = facts.subscriptions.get(arn);
    const count = (status: Subscription["status"]) => all.filter((one) => one.status === status).length;
    const hearing = all.filter((one) => one.status === "confirmed" && letsThrough(one, notifying) !== "no");
    const evidence = { confirmed: count("confirmed"), pending: count("pending"), hearing: hearing.length, subscriptions: all };
    if (hearing.length > 0) return pass("reaches somebody", { publish, key, ...evidence });

    if (count("confirmed") > 0) return fail("has no confirmed subscription whose filter lets alarms through", evidence, unfilter(arn));
    if (count("pending") > 0) return fail("has only subscriptions that nobody has confirmed", evidence, invite(arn, all));
    return fail("has no subscription", evidence, invite(arn, all));
  },
});

function decrypt({ arn }: Topic): Fix {
  const run = sh`aws sns set-topic-attributes --topic-arn ${arn} --attribute-name KmsMasterKeyId --attribute-value ${""}`;
  return { do: "Encrypt the topic with a key of your own that lets cloudwatch.amazonaws.com in, or with none.", run: [run] };
}

function letIn({ arn, policy }: Topic): Fix {
  const wanted = JSON.stringify(withPublishing(policy, arn));
  const run = sh`aws sns set-topic-attributes --topic-arn ${arn} --attribute-name Policy --attribute-value ${wanted}`;
  return { do: "Let cloudwatch.amazonaws.com publish in the topic's access policy, and take off what denies it.", run: [run] };
}

const unfilter = (arn: string): Fix => ({
  do: "Take the filter policy off a subscription that people read.",
  run: [sh`aws sns list-subscriptions-by-topic --topic-arn ${arn}`],
});

function invite(arn: string, all: readonly Subscription[]): Fix {
  const invited = all.flatMap(({ status, protocol, endpoint }) => (status === "pending" && protocol === "email" ? (endpoint ?? []) : []));
  const subscribe = sh`aws sns subscribe --topic-arn ${arn} --protocol email --notification-endpoint`;
  if (invited.length === 0) return { do: "Subscribe an address that people read, and confirm it.", run: [`${subscribe} "$ADDRESS"`] };
  return {
    do: "Confirm the subscription by the link in AWS's mail; this sends it anew.",
    run: invited.map((one) => `${subscribe} ${sh`${one}`}`),
  };
}
