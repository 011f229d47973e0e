import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import type { World } from "../fixtures/world.ts";
import check from "./605-load-balancer-active.ts";

const state = (Code: "active" | "active_impaired" | "provisioning" | "failed", Reason?: string) => (world: World) => {
  for (const one of world.elasticloadbalancing.loadBalancers) one.State = Reason ? { Code, Reason } : { Code };
};

test("passes when the load balancer is active", async () => {
  expect(await inspect(check)).toMatchObject([{ subject: "load-balancer:ohmycoins-prod-alb", status: "pass", says: "is active" }]);
});

test("fails when it could not be set up, and when it is gone", async () => {
  const failed = await inspect(check, state("failed", "Insufficient addresses"));
  expect(failed).toMatchObject([{ status: "fail", says: "has failed to be set up: Insufficient addresses" }]);

  const gone = await inspect(check, ({ elasticloadbalancing: world }) => {
    world.loadBalancers = [];
  });
  expect(gone).toMatchObject([{ subject: "load-balancer:ohmycoins-prod-alb", status: "fail", says: "does not exist" }]);
});

test("is pending while it is provisioned, and skips where no service is behind one", async () => {
  expect(await inspect(check, state("provisioning"))).toMatchObject([{ status: "pending" }]);

  const alone = await inspect(check, ({ ecs }) => {
    for (const service of ecs.services) service.loadBalancers = [];
  });
  expect(alone).toMatchObject([{ subject: "deployment:ohmycoins-prod", status: "skip" }]);
});

test("is not fooled by one that is impaired and serves, nor by a target group that is gone", async () => {
  expect(await inspect(check, state("active_impaired", "A zone is full"))).toMatchObject([
    { status: "pass", says: "serves, though it is impaired: A zone is full" },
  ]);

  const groupGone = await inspect(check, ({ elasticloadbalancing: world }) => {
    world.targetGroups = world.targetGroups.filter(({ TargetGroupName }) => TargetGroupName !== "ohmycoins-prod-backend-tg");
  });
  expect(groupGone.map(({ subject, status }) => [subject, status])).toEqual([
    ["target-group:ohmycoins-prod-backend-tg", "skip"],
    ["load-balancer:ohmycoins-prod-alb", "pass"],
  ]);
});
