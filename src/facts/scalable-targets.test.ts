import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { resourceId, scalableTargets } from "./scalable-targets.ts";

test("reads the bounds of every service, in one call, and that a service has none", async () => {
  const { readings } = await reading(scalableTargets, (world) => {
    world.applicationAutoscaling.targets.length = 1;
  });
  expect(readings).toMatchObject({
    "ohmycoins-prod-backend": { state: "known", value: { min: 2, max: 6, suspended: { in: false, out: false, scheduled: false } } },
    "ohmycoins-prod-frontend": { state: "absent" },
  });
});

test("a cluster may be given by its ARN", () => {
  expect(resourceId("arn:aws:ecs:eu-west-1:1:cluster/main", "web")).toBe("service/main/web");
  expect(resourceId("main", "web")).toBe("service/main/web");
});
