import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { topic } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./860-topic-reaches-somebody.ts";

const name = "ohmycoins-prod-alerts";
const arn = `arn:aws:sns:ap-southeast-2:220711411889:${name}`;
type WorldTopic = World["sns"]["topics"][number];

const said = (change: (one: WorldTopic) => void) => inspect(check, (world) => change(topic(world, name)));

test("passes when somebody has confirmed a subscription", async () => {
  expect(await inspect(check)).toMatchObject([{ subject: `topic:${name}`, status: "pass", evidence: { publish: "yes", hearing: 1 } }]);
});

test("fails when the topic does not exist", async () => {
  const found = await inspect(check, (world) => void world.sns.topics.pop());
  expect(found).toMatchObject([
    { status: "fail", says: "does not exist", fix: { run: [`aws sns create-topic --region ap-southeast-2 --name ${name}`] } },
  ]);
});

test("fails when nobody is subscribed", async () => {
  const found = await said((one) => void one.subscriptions.pop());
  expect(found).toMatchObject([
    { status: "fail", says: "has no subscription", fix: { run: [expect.stringMatching(/--notification-endpoint "\$ADDRESS"$/)] } },
  ]);
});

test("a subscription that nobody has confirmed reaches nobody", async () => {
  const found = await said((one) => void Object.assign(one.subscriptions[0] ?? {}, { SubscriptionArn: "PendingConfirmation" }));
  expect(found).toMatchObject([
    {
      status: "fail",
      says: "has only subscriptions that nobody has confirmed",
      fix: { run: [expect.stringMatching(/--notification-endpoint platform@ohmycoins.com$/)] },
    },
  ]);
});

test("a filter that lets no alarm through is as good as no subscription, unless another one has none", async () => {
  const filter = (one: WorldTopic) => {
    const [first] = one.subscriptions;
    if (first) first.Attributes = { ...first.Attributes, FilterPolicy: '{"severity":["high"]}' };
  };
  expect(await said(filter)).toMatchObject([{ status: "fail", says: "has no confirmed subscription whose filter lets alarms through" }]);
  const open = await said((one) => {
    one.subscriptions.push(...structuredClone(one.subscriptions).map((copy) => ({ ...copy, SubscriptionArn: `${copy.SubscriptionArn}2` })));
    filter(one);
  });
  expect(open).toMatchObject([{ status: "pass", evidence: { confirmed: 2, hearing: 1 } }]);
});

test("fails when its policy lets another service publish, and not CloudWatch", async () => {
  const found = await said((one) => {
    const Statement = [{ Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sns:Publish", Resource: arn }];
    one.Attributes["Policy"] = JSON.stringify({ Version: "2012-10-17", Statement });
  });
  expect(found).toMatchObject([{ status: "fail", says: "does not let CloudWatch publish to it" }]);
  expect(found[0]?.fix?.run[0]).toContain('{"Service":"events.amazonaws.com"}');
  expect(found[0]?.fix?.run[0]).toContain('{"Service":"cloudwatch.amazonaws.com"}');
});

test("fails under AWS's own key, and not under one of the team's", async () => {
  const key = (id: string) => said((one) => void Object.assign(one.Attributes, { KmsMasterKeyId: id }));
  expect(await key("alias/aws/sns")).toMatchObject([
    { status: "fail", says: "is encrypted with alias/aws/sns, under which CloudWatch cannot publish" },
  ]);
  expect(await key("alias/ohmycoins-prod")).toMatchObject([{ status: "pass", evidence: { key: "alias/ohmycoins-prod" } }]);
});

test("a policy that only AWS can decide is no false alarm, and the report says so", async () => {
  const found = await said((one) => {
    const Condition = { StringEquals: { "aws:PrincipalOrgID": "o-1" } };
    one.Attributes["Policy"] = JSON.stringify({
      Statement: [{ Effect: "Allow", Principal: "*", Action: "sns:Publish", Resource: arn, Condition }],
    });
  });
  expect(found).toMatchObject([{ status: "pass", evidence: { publish: "maybe" } }]);
});

test("is unknown where AWS does not say who is subscribed", async () => {
  for (const action of ["sns:ListSubscriptionsByTopic", "sns:GetSubscriptionAttributes", "sns:GetTopicAttributes"])
    expect(await inspect(check, () => {}, { denied: [action] }), action).toMatchObject([{ status: "unknown", because: { action } }]);
});

test("skips where there is no topic to ask about", async () => {
  const found = await inspect(check, (world, config) => {
    delete config.notifications;
    for (const one of world.cloudwatch.metricAlarms) one.AlarmActions = [];
  });
  expect(found).toMatchObject([{ status: "skip" }]);
});
