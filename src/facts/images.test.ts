import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { taskDefinition } from "../../fixtures/verbs.ts";
import type { World } from "../../fixtures/world.ts";
import { imageMatches, imageParts, images, namedDifferently } from "./images.ts";

const repository = "220711411889.dkr.ecr.ap-southeast-2.amazonaws.com/ohmycoins/backend";
const deploy = (world: World, image: string) => {
  for (const container of taskDefinition(world, "ohmycoins-prod-backend:2").containerDefinitions ?? []) container.image = image;
};
const digestIn = (world: World) =>
  world.ecr.repositories.find(({ repositoryName }) => repositoryName === "ohmycoins/backend")?.images[1]?.imageDigest ?? "";

test("asks the registry nothing, where the names alone tell", async () => {
  expect((await reading(images)).readings).toEqual({});
});

test("knows the tags of an image that is deployed by digest, under a short name", async () => {
  let digest = "";
  const { readings } = await reading(images, (world) => {
    digest = digestIn(world);
    deploy(world, `${repository}@${digest}`);
  });
  expect(readings).toMatchObject({ [`ohmycoins/backend@${digest}`]: { value: { digest, tags: ["sprint-2.11-3f4021a"] } } });
});

test("an image that is not in ECR any more is absent; one of another registry or region is unknown, since nobody asked there", async () => {
  const of = async (image: string) => Object.values((await reading(images, (world) => deploy(world, image))).readings)[0];
  const none = `sha256:${"0".repeat(64)}`;
  expect(await of(`${repository}@${none}`)).toMatchObject({ state: "absent" });
  expect(await of(`quay.io/ohmycoins/backend@${none}`)).toMatchObject({ state: "unknown", kind: "unasked" });
  expect(await of(`${repository.replace("ap-southeast-2", "us-east-1")}@${none}`)).toMatchObject({ state: "unknown", kind: "unasked" });
});

test("takes an image's name apart, with the port of a registry too", () => {
  expect(imageParts("registry:5000/team/app:1.2")).toEqual({ repository: "registry:5000/team/app", tag: "1.2", digest: null });
  expect(imageParts("registry:5000/team/app")).toEqual({ repository: "registry:5000/team/app", tag: null, digest: null });
  expect(imageParts("app:1@sha256:abc")).toEqual({ repository: "app", tag: "1", digest: "sha256:abc" });
});

test("a star stands for anything, and a dot for itself", () => {
  expect(imageMatches("*/backend:sprint-2.11-*", `${repository}:sprint-2.11-3f4021a`)).toBe(true);
  expect(imageMatches("*/backend:sprint-2.11", `${repository}:sprint-2011`)).toBe(false);
  expect(imageMatches("backend:1", "my-backend:1")).toBe(false);
});

test("only a tag against a digest needs the registry", () => {
  expect(namedDifferently("*:1", "app@sha256:abc")).toBe(true);
  expect(namedDifferently("*@sha256:abc", "app:1")).toBe(true);
  expect(namedDifferently("*:2", "app:1")).toBe(false);
  expect(namedDifferently("*", "app@sha256:abc")).toBe(false);
});
