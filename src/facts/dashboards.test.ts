import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { dashboards } from "./dashboards.ts";

test("reads what a dashboard draws, and none of its words", async () => {
  const { readings } = await reading(dashboards);
  expect(readings["ohmycoins-prod"]).toMatchObject({ state: "known", value: { widgets: 5, graphs: 4, computed: false } });
  expect(JSON.stringify(readings)).not.toContain("markdown");
});

test("one that is not there is absent, and one that may not be read is unknown", async () => {
  const gone = await reading(dashboards, ({ cloudwatch }) => {
    cloudwatch.dashboards = [];
  });
  expect(gone.readings["ohmycoins-prod"]).toMatchObject({ state: "absent" });
  const { readings } = await reading(dashboards, () => {}, { denied: ["cloudwatch:GetDashboard"] });
  expect(readings["ohmycoins-prod"]).toMatchObject({ state: "unknown", kind: "denied" });
});

test("a dashboard's ARN has no region", () => {
  const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:1:${resource}`;
  expect(dashboards.resources?.({ dashboards: ["main"], inferred: [] } as never, arn)).toEqual({
    "cloudwatch:GetDashboard": ["arn:aws:cloudwatch::1:dashboard/main"],
  });
});
