import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { rule } from "../../fixtures/verbs.ts";
import { rules } from "./rules.ts";

const name = "ohmycoins-prod-alb:80";
const api = "api.ohmycoins.com";

test("reads rules in the order in which they are tried, by number and not by digit", async () => {
  const { readings, links } = await reading(rules, (world) => {
    rule(world, api).Priority = "100";
    world.elasticloadbalancing.rules.reverse();
  });
  expect(readings[name]).toMatchObject({
    state: "known",
    value: {
      port: 80,
      rules: [
        { priority: 20, conditions: [{ field: "host-header", values: ["dashboard.ohmycoins.com"] }] },
        { priority: 100, conditions: [{ field: "host-header", values: [api] }], action: { type: "forward", groups: [{ weight: 1 }] } },
        { priority: null, action: { type: "fixed-response" } },
      ],
    },
  });
  expect(links).toEqual([[`listener:${name}`, expect.stringMatching(/^load-balancer:arn:aws:/)]]);
});

test("a listener without rules does what it does by default", async () => {
  const { readings } = await reading(rules, ({ elasticloadbalancing: world }) => {
    world.rules = [];
  });
  expect(readings[name]).toMatchObject({ value: { rules: [{ priority: null, action: { type: "fixed-response", status: "404" } }] } });
});

test("reads a condition that is written the old way", async () => {
  const { readings } = await reading(rules, (world) => {
    rule(world, api).Conditions = [{ Field: "path-pattern", Values: ["/api/*"] }];
  });
  expect(readings[name]).toMatchObject({ value: { rules: [{ conditions: [{ field: "path-pattern", values: ["/api/*"] }] }, {}, {}] } });
});

test("keeps the name of a header and not the secret that it must hold", async () => {
  const { readings } = await reading(rules, (world) => {
    rule(world, api).Conditions = [
      { Field: "http-header", HttpHeaderConfig: { HttpHeaderName: "X-Origin-Verify", Values: ["s3cr3t-of-the-proxy"] } },
      {
        Field: "query-string",
        QueryStringConfig: { Values: [{ Key: "token", Value: "s3cr3t-of-the-proxy" }, { Value: "s3cr3t-of-the-proxy" }] },
      },
    ];
  });
  expect(JSON.stringify(readings)).toContain("X-Origin-Verify");
  expect(JSON.stringify(readings)).not.toContain("s3cr3t");
});

test("a condition that nobody has met makes the listener unknown, not its rule void", async () => {
  const { readings } = await reading(rules, (world) => {
    rule(world, api).Conditions = [{ Field: "phase-of-the-moon", Values: ["full"] }];
  });
  expect(Object.values(readings)).toMatchObject([{ state: "unknown", kind: "invalid" }]);
});
