import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { webAcls } from "./web-acls.ts";

test("reads the web ACL of an Application Load Balancer, and that there is none", async () => {
  const attached = await reading(webAcls);
  expect(attached.readings["ohmycoins-prod-alb"]).toMatchObject({ state: "known", value: { acl: "ohmycoins-prod-web" } });
  const bare = await reading(webAcls, ({ wafv2 }) => {
    wafv2.attached = {};
  });
  expect(bare.readings["ohmycoins-prod-alb"]).toMatchObject({ state: "known", value: { acl: null } });
});

test("does not ask about what takes none", async () => {
  const { readings } = await reading(webAcls, ({ elasticloadbalancing: world }) => {
    for (const one of world.loadBalancers) one.Type = "network";
  });
  expect(readings).toEqual({});
});
