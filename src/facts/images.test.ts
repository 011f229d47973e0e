import { expect, test } from "vitest";
import { backendImage, imagesIn, imageTagged } from "../../fixtures/images.ts";
import { reading } from "../../fixtures/inspect.ts";
import { taskDefinition } from "../../fixtures/verbs.ts";
import type { World } from "../../fixtures/world.ts";
import { images } from "./images.ts";

const deploy = (world: World, image: string) => {
  for (const container of taskDefinition(world, "ohmycoins-prod-backend:2").containerDefinitions ?? []) container.image = image;
};
const none = `@sha256:${"0".repeat(64)}`;
const backendAs = async (name: (world: World) => string, change: (world: World) => void = () => {}) => {
  const { readings } = await reading(images, (world) => {
    change(world);
    deploy(world, name(world));
  });
  return readings;
};

test("knows what each tag points at, under a short name", async () => {
  expect((await reading(images)).readings).toMatchObject({
    "ohmycoins/backend:sprint-2.11-3f4021a": {
      state: "known",
      value: {
        elsewhere: null,
        region: "ap-southeast-2",
        repository: "ohmycoins/backend",
        digest: expect.stringMatching(/^sha256:/) as string,
        tags: ["sprint-2.11-3f4021a"],
        scan: { status: "COMPLETE", critical: 0 },
      },
    },
    "ohmycoins/frontend:sprint-2.11-3f4021a": { state: "known" },
  });
});

test("knows the tags of an image that is named by digest, and that of one without a tag it is latest", async () => {
  let digest = "";
  const readings = await backendAs((world) => {
    digest = imageTagged(world, "backend").imageDigest ?? "";
    return backendImage(world, `:whatever@${digest}`);
  });
  expect(readings).toMatchObject({ [`ohmycoins/backend:whatever@${digest}`]: { value: { digest, tags: ["sprint-2.11-3f4021a"] } } });

  const latest = await backendAs(
    (world) => backendImage(world, ""),
    (world) => void imageTagged(world, "backend").imageTags?.push("latest"),
  );
  expect(latest).toMatchObject({ "ohmycoins/backend": { value: { tags: ["sprint-2.11-3f4021a", "latest"] } } });
});

test("one image that is gone leaves the others known", async () => {
  const readings = await backendAs((world) => backendImage(world, none));
  expect(readings).toMatchObject({
    [`ohmycoins/backend${none}`]: { state: "absent" },
    "ohmycoins/frontend:sprint-2.11-3f4021a": { state: "known" },
  });
});

test("an image is asked for in its own region", async () => {
  const there = (world: World) => backendImage(world, ":sprint-2.11-3f4021a").replace("ap-southeast-2", "us-east-1");
  const name = "ohmycoins/backend:sprint-2.11-3f4021a";
  expect(await backendAs(there)).toMatchObject({ [name]: { state: "absent" } });
  const copied = (world: World) => {
    const repository = { repositoryName: "ohmycoins/backend", region: "us-east-1", images: [...imagesIn(world, "ohmycoins/backend")] };
    world.ecr.repositories.push(repository);
  };
  expect(await backendAs(there, copied)).toMatchObject({ [name]: { value: { region: "us-east-1" } } });
});

test("of another registry nothing is known but that it is not asked", async () => {
  const image = `quay.io/ohmycoins/backend${none}`;
  expect(await backendAs(() => image)).toMatchObject({
    [image]: { value: { elsewhere: "is not in ECR, and no other registry is asked" } },
  });
  const another = await backendAs((world) => backendImage(world, ":1").replace(world.account, "111122223333"));
  expect(another).toMatchObject({
    "ohmycoins/backend:1": { value: { elsewhere: "is in the registry of account 111122223333, which is not asked" } },
  });
});

test("is unknown where nobody may ask, naming the action", async () => {
  const { readings } = await reading(images, () => {}, { denied: ["ecr:DescribeImages"] });
  expect(readings).toMatchObject({
    "ohmycoins/backend:sprint-2.11-3f4021a": { state: "unknown", kind: "denied", action: "ecr:DescribeImages" },
  });
});
