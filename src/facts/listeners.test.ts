import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { listeners } from "./listeners.ts";

const name = "ohmycoins-prod-alb";

test("reads where a load balancer listens, and what it does by default", async () => {
  const { readings } = await reading(listeners);
  expect(readings[name]).toMatchObject({
    state: "known",
    value: { listeners: [{ name: `${name}:80`, port: 80, protocol: "HTTP", otherwise: { type: "fixed-response", status: "404" } }] },
  });
});

test("a load balancer that listens nowhere is known to", async () => {
  const { readings } = await reading(listeners, ({ elasticloadbalancing: world }) => {
    world.listeners = [];
  });
  expect(readings[name]).toMatchObject({ state: "known", value: { listeners: [] } });
});

test("those of a load balancer that is gone are absent, and a refused call is unknown", async () => {
  const gone = await reading(listeners, ({ elasticloadbalancing: world }) => {
    world.loadBalancers = [];
  });
  expect(gone.readings[name]).toMatchObject({ state: "absent" });

  const denied = await reading(listeners, () => {}, { denied: ["elasticloadbalancing:DescribeListeners"] });
  expect(denied.readings[name]).toMatchObject({ state: "unknown", kind: "denied" });
});
