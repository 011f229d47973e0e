import { expect, test } from "vitest";
import { backendImage } from "../../fixtures/images.ts";
import { reading } from "../../fixtures/inspect.ts";
import { taskDefinition } from "../../fixtures/verbs.ts";
import type { World } from "../../fixtures/world.ts";
import { pullThrough } from "./pull-through.ts";

const name = "docker-hub/library/nginx:1.27";
const missing = (world: World) => {
  for (const container of taskDefinition(world, "ohmycoins-prod-backend:2").containerDefinitions ?? [])
    container.image = backendImage(world, "").replace("ohmycoins/backend", name);
};
const found = async (rules: World["ecr"]["pullThroughCacheRules"], denied: readonly string[] = []) => {
  const { readings } = await reading(
    pullThrough,
    (world) => {
      missing(world);
      world.ecr.pullThroughCacheRules.push(...rules);
    },
    { denied },
  );
  return readings[name];
};

test("asks nothing about images that are there", async () => {
  const { readings } = await reading(pullThrough, () => {}, { denied: ["ecr:DescribePullThroughCacheRules"] });
  expect(readings).toMatchObject({ "ohmycoins/backend:sprint-2.11-3f4021a": { value: { upstream: null } } });
});

test("knows from where a missing image would come, by the beginning of its repository's name", async () => {
  const rule = (ecrRepositoryPrefix: string) => ({ ecrRepositoryPrefix, upstreamRegistryUrl: "registry-1.docker.io" });
  expect(await found([rule("docker-hub")])).toMatchObject({ value: { upstream: "registry-1.docker.io", region: "ap-southeast-2" } });
  expect(await found([rule("ROOT")])).toMatchObject({ value: { upstream: "registry-1.docker.io" } });
  expect(await found([rule("docker")])).toMatchObject({ value: { upstream: null } });
  expect(await found([{ ...rule("docker-hub"), region: "us-east-1" }])).toMatchObject({ value: { upstream: null } });
});

test("does not know, where it may not ask", async () => {
  expect(await found([], ["ecr:DescribePullThroughCacheRules"])).toMatchObject({ state: "unknown", kind: "denied" });
});
