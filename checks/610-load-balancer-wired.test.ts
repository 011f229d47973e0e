import { expect, test } from "vitest";
import { type Change, inspect } from "../fixtures/inspect.ts";
import { detach, registerTaskDefinition, rollOut, service, targetGroup, taskDefinition } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./610-load-balancer-wired.ts";

const backend = "ohmycoins-prod-backend";
const group = `${backend}-tg`;
const subject = `target-group:${group}`;

const containers = (world: World) => taskDefinition(world, `${backend}:2`).containerDefinitions ?? [];
const found = async (change: Change) => (await inspect(check, change)).find((one) => one.subject === subject);

test("passes when each target group exists, leads somewhere, and fits its container", async () => {
  expect(await inspect(check)).toMatchObject([
    { subject, status: "pass", evidence: { type: "ip", protocol: "HTTP", services: [backend] } },
    { subject: "target-group:ohmycoins-prod-frontend-tg", status: "pass" },
  ]);
});

test("fails when the target group was deleted under the service", async () => {
  const gone = await found(({ elasticloadbalancing: world }) => {
    world.targetGroups = world.targetGroups.filter(({ TargetGroupName }) => TargetGroupName !== group);
  });
  expect(gone).toMatchObject({ status: "fail", says: "does not exist", cause: "target-group-misconfigured" });
});

test("fails when no listener leads to it, and says which command would", async () => {
  const lost = await found((world) => detach(world, group));
  expect(lost).toMatchObject({ status: "fail", says: "is attached to no load balancer" });
  expect(lost?.fix?.run[0]).toContain(
    "--conditions Field=host-header,Values=api.ohmycoins.com --actions Type=forward,TargetGroupArn=arn:aws:",
  );
});

test("fails when the container was renamed, and when its port was", async () => {
  const renamed = await found((world) => {
    for (const one of containers(world)) one.name = "app";
  });
  expect(renamed).toMatchObject({ status: "fail", says: "is meant for container backend, which ohmycoins-prod-backend:2 lacks" });

  const moved = await found((world) => {
    for (const one of containers(world)) one.portMappings = [{ containerPort: 8080, protocol: "tcp" }];
  });
  expect(moved).toMatchObject({
    status: "fail",
    says: "is meant for port 8000 of container backend, which ohmycoins-prod-backend:2 does not map",
    fix: { run: [expect.stringMatching(/^aws ecs update-service .*,containerName=backend,containerPort=8080$/)] },
  });
});

test("fails when it takes instances, where tasks have addresses of their own", async () => {
  const instances = await found((world) => {
    targetGroup(world, group).TargetType = "instance";
  });
  expect(instances).toMatchObject({ status: "fail", says: "takes targets of type instance, where network mode awsvpc needs ip" });
});

test("fails when it speaks HTTP to a port that is mapped for UDP, and not when both are", async () => {
  const mapped = (...protocols: ("tcp" | "udp")[]) =>
    found((world) => {
      for (const one of containers(world)) one.portMappings = protocols.map((protocol) => ({ containerPort: 8000, protocol }));
    });
  expect(await mapped("udp")).toMatchObject({
    status: "fail",
    says: "speaks HTTP to port 8000 of container backend, which is mapped for udp alone",
  });
  expect(await mapped("udp", "tcp")).toMatchObject({ status: "pass" });
});

test("skips where no service is behind a load balancer", async () => {
  const alone = await inspect(check, ({ ecs }) => {
    for (const one of ecs.services) one.loadBalancers = [];
  });
  expect(alone).toMatchObject([{ subject: "deployment:ohmycoins-prod", status: "skip" }]);
});

test("asks it before a scale-up too", async () => {
  expect(await inspect(check, (world) => detach(world, group), { scene: "pre-scale-up" })).toMatchObject([
    { status: "fail" },
    { status: "pass" },
  ]);
});

test("is not fooled by an old task definition that fits, where the one on its way does not", async () => {
  const onItsWay = await found((world) => {
    const next = registerTaskDefinition(world, backend, ({ containerDefinitions = [] }) => {
      for (const one of containerDefinitions) one.name = "app";
    });
    rollOut(world, backend, { taskDefinition: next.taskDefinitionArn ?? "" });
  });
  expect(onItsWay).toMatchObject({ status: "fail", says: "is meant for container backend, which ohmycoins-prod-backend:3 lacks" });
});

test("is not fooled by a green target group that is gone while the blue one serves", async () => {
  const pair = await inspect(check, (world) => {
    for (const one of service(world, backend).loadBalancers ?? [])
      one.advancedConfiguration = {
        alternateTargetGroupArn: targetGroup(world, group).TargetGroupArn.replace("backend-tg", "green-tg"),
        productionListenerRule: "arn:rule",
        roleArn: "arn:role",
      };
  });
  expect(pair).toMatchObject([
    { subject, status: "pass" },
    { status: "pass" },
    { subject: "target-group:ohmycoins-prod-green-tg", status: "fail" },
  ]);
});
