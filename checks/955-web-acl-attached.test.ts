import { expect, test } from "vitest";
import { type Change, inspect } from "../fixtures/inspect.ts";
import check from "./955-web-acl-attached.ts";

const asked = (change?: Change) => inspect(check, change, { scene: "sign-off" });
const balancer =
  (more: object): Change =>
  (world) => {
    world.wafv2.attached = {};
    for (const one of world.elasticloadbalancing.loadBalancers) Object.assign(one, more);
  };

test("passes when a web ACL is attached, and names it", async () => {
  expect(await asked()).toMatchObject([
    { subject: "load-balancer:ohmycoins-prod-alb", status: "pass", says: "is behind the web ACL ohmycoins-prod-web" },
  ]);
});

test("fails when none is", async () => {
  expect(await asked(balancer({}))).toMatchObject([{ status: "fail", says: "has no web ACL" }]);
});

test("skips where no service is behind a load balancer", async () => {
  const alone: Change = ({ ecs }) => {
    for (const one of ecs.services) one.loadBalancers = [];
  };
  expect(await asked(alone)).toMatchObject([{ subject: "deployment:ohmycoins-prod", status: "skip" }]);
});

test("asks nothing of a load balancer that takes none, nor of one that nobody outside reaches", async () => {
  expect(await asked(balancer({ Type: "network" }))).toMatchObject([
    { status: "skip", says: "is a network load balancer, which takes no web ACL" },
  ]);
  expect(await asked(balancer({ Scheme: "internal" }))).toMatchObject([{ status: "skip", says: "is internal" }]);
});
