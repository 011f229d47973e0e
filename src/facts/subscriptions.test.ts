import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { topic } from "../../fixtures/verbs.ts";
import type { World, WorldSubscription } from "../../fixtures/world.ts";
import { subscriptions } from "./subscriptions.ts";

const name = "ohmycoins-prod-alerts";

async function read(change: (all: WorldSubscription[], world: World) => WorldSubscription[]) {
  const { readings } = await reading(subscriptions, (world) => {
    const one = topic(world, name);
    one.subscriptions = change(one.subscriptions, world);
  });
  const found = readings[name];
  return found?.state === "known" ? found.value.all : found;
}

test("a confirmed subscription is read with its filter", async () => {
  expect(await read((all) => all)).toEqual([
    { protocol: "email", endpoint: "platform@ohmycoins.com", status: "confirmed", filter: null, filters: "attributes" },
  ]);
  const filtered = { FilterPolicy: '{"severity":["high"]}', FilterPolicyScope: "MessageBody" };
  expect(await read((all) => all.map((one) => ({ ...one, Attributes: filtered })))).toMatchObject([
    { filter: { severity: ["high"] }, filters: "body" },
  ]);
});

test("pending and deleted ones are told from it, on every page", async () => {
  const all = await read(([one], world) => {
    world.pageSize = 1;
    return ["PendingConfirmation", "Deleted"].map((SubscriptionArn) => ({ ...one, SubscriptionArn }));
  });
  expect(all).toMatchObject([{ status: "pending" }, { status: "deleted" }]);
});

test("the secret in the address of a web hook is not kept, nor a telephone number", async () => {
  const all = await read((own) =>
    [
      ["https", "https://hooks.slack.com/services/T000/B000/XXXXXXXX"],
      ["sms", "+61400000042"],
    ].map(([Protocol = "", Endpoint = ""], n) => ({ ...own[0], Protocol, Endpoint, SubscriptionArn: `${own[0]?.SubscriptionArn}${n}` })),
  );
  expect(all).toMatchObject([{ endpoint: "hooks.slack.com" }, { endpoint: "…42" }]);
});

test("of very many, no more are asked than it takes to find an open one", async () => {
  const many = await read(([one]) => Array.from({ length: 70 }, (_, n) => ({ ...one, SubscriptionArn: `${one?.SubscriptionArn}${n}` })));
  expect(many).toHaveLength(20);
});

test("a topic that is gone has no subscriptions to tell of", async () => {
  const { readings } = await reading(subscriptions, (world) => void world.sns.topics.pop());
  expect(readings[name]).toMatchObject({ state: "absent" });
});
