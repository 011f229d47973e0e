import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { service, targetGroup } from "../../fixtures/verbs.ts";
import type { World } from "../../fixtures/world.ts";
import { targetGroups } from "./target-groups.ts";

const backend = "ohmycoins-prod-backend-tg";

test("reads who registers with a target group, what leads to it, and how it checks", async () => {
  const { readings, names } = await reading(targetGroups);
  expect(Object.keys(readings)).toEqual([backend, "ohmycoins-prod-frontend-tg"]);
  expect(Object.keys(names)[0]).toMatch(/^arn:aws:elasticloadbalancing:.*:targetgroup\/ohmycoins-prod-backend-tg\//);
  expect(readings[backend]).toMatchObject({
    state: "known",
    value: {
      services: ["ohmycoins-prod-backend"],
      loadBalancers: [expect.stringContaining("loadbalancer/app/ohmycoins-prod-alb/")],
      type: "ip",
      protocol: "HTTP",
      protocolVersion: "HTTP1",
      healthCheck: {
        enabled: true,
        port: "traffic-port",
        path: "/api/v1/utils/health-check/",
        statuses: "200",
        interval: 30,
        healthyThreshold: 2,
      },
    },
  });
});

test("a target group leans on its service and its load balancer", async () => {
  const { links } = await reading(targetGroups);
  expect(links).toContainEqual([`target-group:${backend}`, "service:ohmycoins-prod-backend"]);
  expect(links).toContainEqual([`target-group:${backend}`, expect.stringMatching(/^load-balancer:arn:aws:/)]);
});

test("asks for both of a blue/green pair", async () => {
  const { readings } = await reading(targetGroups, (world) => void addGreen(world));
  expect(Object.keys(readings)).toContain("ohmycoins-prod-green-tg");
  expect(readings["ohmycoins-prod-green-tg"]).toMatchObject({ value: { services: ["ohmycoins-prod-backend"] } });
});

test("one that is gone is absent, and hides no other", async () => {
  const { readings } = await reading(targetGroups, ({ elasticloadbalancing: world }) => {
    world.targetGroups = world.targetGroups.filter(({ TargetGroupName }) => TargetGroupName !== backend);
  });
  expect(readings).toMatchObject({ [backend]: { state: "absent" }, "ohmycoins-prod-frontend-tg": { state: "known" } });
});

test("a call that is refused is no absence", async () => {
  const { readings } = await reading(targetGroups, () => {}, { denied: ["elasticloadbalancing:DescribeTargetGroups"] });
  expect(readings[backend]).toMatchObject({ state: "unknown", kind: "denied", action: "elasticloadbalancing:DescribeTargetGroups" });
});

test("a protocol that nobody has met is unknown, not guessed", async () => {
  const { readings } = await reading(targetGroups, (world) => {
    Object.assign(targetGroup(world, backend), { Protocol: "CARRIER_PIGEON" });
  });
  expect(readings[backend]).toMatchObject({ state: "unknown", kind: "invalid" });
});

function addGreen(world: World): void {
  const blue = targetGroup(world, backend);
  const TargetGroupArn = blue.TargetGroupArn.replace("prod-backend-tg", "prod-green-tg");
  world.elasticloadbalancing.targetGroups.push({ ...blue, TargetGroupArn, TargetGroupName: "ohmycoins-prod-green-tg", health: [] });
  for (const one of service(world, "ohmycoins-prod-backend").loadBalancers ?? [])
    one.advancedConfiguration = { alternateTargetGroupArn: TargetGroupArn, productionListenerRule: "arn:rule", roleArn: "arn:role" };
}
