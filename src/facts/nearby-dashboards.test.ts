import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { nearbyDashboards } from "./nearby-dashboards.ts";

test("knows the dashboards that are called after the stack, and none that only begins alike", async () => {
  const { readings } = await reading(nearbyDashboards, (world) => {
    world.cloudwatch.dashboards = ["ohmycoins-prod", "ohmycoins-prod-alb", "ohmycoins-production", "billing"].map((name) => ({
      name,
      body: "{}",
    }));
  });
  expect(readings["ohmycoins-prod"]).toMatchObject({ state: "known", value: { names: ["ohmycoins-prod", "ohmycoins-prod-alb"] } });
});

test("small pages hide none", async () => {
  const { readings } = await reading(nearbyDashboards, (world) => {
    world.pageSize = 1;
    world.cloudwatch.dashboards.push({ name: "ohmycoins-prod-b", body: "{}" });
  });
  expect(readings["ohmycoins-prod"]).toMatchObject({ value: { names: ["ohmycoins-prod", "ohmycoins-prod-b"] } });
});

test("is unknown where they may not be listed", async () => {
  const { readings } = await reading(nearbyDashboards, () => {}, { denied: ["cloudwatch:ListDashboards"] });
  expect(readings["ohmycoins-prod"]).toMatchObject({ state: "unknown", kind: "denied" });
});
