import { expect, test } from "vitest";
import { stackName } from "./stack-name.ts";

test.each([
  ["shop-cluster", "shop"],
  ["shop_Cluster", "shop"],
  ["ShopCluster", "Shop"],
  ["shop", "shop"],
  ["cluster", "cluster"],
  ["cluster-shop", "cluster-shop"],
])("%s is the cluster of %s", (cluster, stack) => {
  expect(stackName(cluster)).toBe(stack);
});
