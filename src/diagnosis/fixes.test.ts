import { expect, test } from "vitest";
import { registerAndDeploy } from "./fixes.ts";

test("registers the family once and deploys it to each of its services", () => {
  expect(registerAndDeploy("shop", ["shop-blue", "shop green"])).toEqual([
    "aws ecs register-task-definition --cli-input-json file://shop.json",
    "aws ecs update-service --service shop-blue --task-definition shop",
    "aws ecs update-service --service 'shop green' --task-definition shop",
  ]);
});
