import { expect, test } from "vitest";
import { backendImage, imageTagged } from "../../fixtures/images.ts";
import { reading } from "../../fixtures/inspect.ts";
import { taskDefinition } from "../../fixtures/verbs.ts";
import type { World } from "../../fixtures/world.ts";
import { expectedImages } from "./expected-images.ts";

const deploy = async (name: (world: World, digest: string) => string) => {
  const { readings } = await reading(expectedImages, (world) => {
    const image = name(world, imageTagged(world, "backend").imageDigest ?? "");
    for (const container of taskDefinition(world, "ohmycoins-prod-backend:2").containerDefinitions ?? []) container.image = image;
  });
  return Object.values(readings);
};

test("asks nothing, where the names alone tell", async () => {
  expect((await reading(expectedImages)).readings).toEqual({});
});

test("knows the tags of an image that is deployed by digest", async () => {
  expect(await deploy((world, digest) => backendImage(world, `@${digest}`))).toMatchObject([{ value: { tags: ["sprint-2.11-3f4021a"] } }]);
});

test("of another registry it is unknown which tags it has, and so is what another account says nothing of", async () => {
  expect(await deploy((_world, digest) => `quay.io/ohmycoins/backend@${digest}`)).toMatchObject([{ state: "unknown", kind: "unasked" }]);
  const another = await deploy((world, digest) => backendImage(world, `@${digest}`).replace(world.account, "111122223333"));
  expect(another).toMatchObject([{ state: "unknown", action: "ecr:DescribeImages" }]);
});
