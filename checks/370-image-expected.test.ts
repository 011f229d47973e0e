import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { rest, taskDefinition } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import type { Stated } from "../src/config.ts";
import check from "./370-image-expected.ts";

const backend = "ohmycoins-prod-backend";
const repository = "220711411889.dkr.ecr.ap-southeast-2.amazonaws.com/ohmycoins/backend";
const expects = (config: Stated, image: Record<string, string>) => {
  config.services[backend] = { ...config.services[backend], image };
};
const look = async (change: (world: World, config: Stated, definition: TaskDefinition) => void, circumstances = {}) => {
  const changed = (world: World, config: Stated) => change(world, config, taskDefinition(world, `${backend}:2`));
  return (await inspect(check, changed, circumstances))[0];
};
const digestOf = (world: World, tag: string) =>
  world.ecr.repositories
    .flatMap(({ images }) => images)
    .find(({ imageTags, repositoryName }) => repositoryName === "ohmycoins/backend" && imageTags?.includes(tag))?.imageDigest ?? "";
const deploy = ({ containerDefinitions = [] }: TaskDefinition, image: string) => Object.assign(containerDefinitions[0] ?? {}, { image });

test("passes when the deployed image is the expected one, and skips the service of which none is expected", async () => {
  expect(await inspect(check)).toMatchObject([
    { status: "pass", subject: `container:${backend}/backend` },
    { status: "skip", says: "is not told which image to serve" },
  ]);
});

test("fails when the last release is still deployed", async () => {
  const found = await look((_world, config) => expects(config, { backend: "*/ohmycoins/backend:sprint-2.12-*" }));
  expect(found).toMatchObject({
    status: "fail",
    subject: `container:${backend}/backend`,
    evidence: { deployed: `${repository}:sprint-2.11-3f4021a` },
  });
});

test("fails when the task definition has no container of that name", async () => {
  const found = await look((_world, config) => expects(config, { api: "*" }));
  expect(found).toMatchObject({ status: "fail", subject: `container:${backend}/api`, says: `is not part of ${backend}:2` });
});

test("passes when a digest is deployed that the expected tag points at, and fails when it points at another", async () => {
  const byDigest = (tag: string) => look((world, _config, definition) => void deploy(definition, `${repository}@${digestOf(world, tag)}`));
  expect(await byDigest("sprint-2.11-3f4021a")).toMatchObject({ status: "pass" });
  expect(await byDigest("sprint-2.10-9b1c7de")).toMatchObject({ status: "fail" });
});

test("is not fooled by a tag that was moved: what tasks have pulled is what serves", async () => {
  const moved = await look((world, config) => {
    expects(config, { backend: `*@${digestOf(world, "sprint-2.11-3f4021a")}` });
    const images = world.ecr.repositories.find(({ repositoryName }) => repositoryName === "ohmycoins/backend")?.images ?? [];
    for (const image of images) image.imageTags = image.imageTags?.includes("sprint-2.10-9b1c7de") ? ["sprint-2.11-3f4021a"] : [];
  });
  expect(moved).toMatchObject({ status: "pass" });
  const stale = await look((world, config) => expects(config, { backend: `*@${digestOf(world, "sprint-2.10-9b1c7de")}` }));
  expect(stale).toMatchObject({ status: "fail" });
});

test("at rest, an expected digest is compared with what the tag points at, which is what would start", async () => {
  const found = await look(
    (world, config) => {
      rest(world);
      expects(config, { backend: `*@${digestOf(world, "sprint-2.11-3f4021a")}` });
    },
    { scene: "pre-scale-up" },
  );
  expect(found).toMatchObject({ status: "pass" });
});

test("is not fooled by a dot that could stand for anything, or by an image that only begins alike", async () => {
  expect(await look((_world, config) => expects(config, { backend: "*/ohmycoins/backend:sprint-2011-3f4021a" }))).toMatchObject({
    status: "fail",
  });
  expect(await look((_world, config) => expects(config, { backend: "*/ohmycoins/backend:sprint-2.11" }))).toMatchObject({ status: "fail" });
});

test("does not know, where only the registry could tell and may not be asked", async () => {
  const change = (world: World, _config: Stated, definition: TaskDefinition) =>
    void deploy(definition, `${repository}@${digestOf(world, "sprint-2.11-3f4021a")}`);
  expect(await look(change, { denied: ["ecr:DescribeImages"] })).toMatchObject({
    status: "unknown",
    because: { action: "ecr:DescribeImages" },
  });
  const elsewhere = await look(
    (_world, _config, definition) => void deploy(definition, `quay.io/ohmycoins/backend@sha256:${"0".repeat(64)}`),
  );
  expect(elsewhere).toMatchObject({ status: "unknown" });
});
