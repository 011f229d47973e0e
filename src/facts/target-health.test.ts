import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { targetGroup, targetsAre } from "../../fixtures/verbs.ts";
import { targetHealth } from "./target-health.ts";

const backend = "ohmycoins-prod-backend-tg";

test("reads each target's place, zone and state", async () => {
  const { readings, links } = await reading(targetHealth);
  const healthy = { state: "healthy", reason: null, description: null, port: 8000 };
  expect(readings[backend]).toMatchObject({
    state: "known",
    value: {
      services: ["ohmycoins-prod-backend"],
      targets: [
        { ...healthy, id: "10.0.13.20", zone: "ap-southeast-2c" },
        { ...healthy, id: "10.0.11.21", zone: "ap-southeast-2a" },
      ],
    },
  });
  expect(links).toContainEqual([`target-group:${backend}`, "service:ohmycoins-prod-backend"]);
  expect(links).toContainEqual([`targets:${backend}`, `target:${backend}/10.0.13.20:8000`]);
  expect(links).toContainEqual(["traffic:ohmycoins-prod-backend", `targets:${backend}`]);
});

test("a zone called all is no zone", async () => {
  const { readings } = await reading(targetHealth, (world) => {
    for (const { Target } of targetGroup(world, backend).health) if (Target) Target.AvailabilityZone = "all";
  });
  expect(readings[backend]).toMatchObject({ value: { targets: [{ zone: null }, { zone: null }] } });
});

test("an empty target group is known to be empty", async () => {
  const { readings } = await reading(targetHealth, (world) => {
    targetGroup(world, backend).health = [];
  });
  expect(readings[backend]).toMatchObject({ state: "known", value: { targets: [] } });
});

test("health that AWS itself does not know is unknown, and may pass where the fault is its own", async () => {
  const off = await reading(targetHealth, (world) => targetsAre(world, backend, "unavailable", "Target.HealthCheckDisabled"));
  expect(off.readings[backend]).toMatchObject({ state: "unknown", kind: "invalid", why: expect.stringContaining("disabled") });

  const broken = await reading(targetHealth, (world) => targetsAre(world, backend, "unavailable", "Elb.InternalError"));
  expect(broken.readings[backend]).toMatchObject({ state: "unknown", kind: "network" });
});

test("a state that nobody has met is unknown", async () => {
  const { readings } = await reading(targetHealth, (world) => {
    for (const one of targetGroup(world, backend).health) one.TargetHealth = { State: "thriving" as "healthy" };
  });
  expect(readings[backend]).toMatchObject({ state: "unknown", kind: "invalid" });
});
