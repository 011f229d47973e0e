import { expect, test } from "vitest";
import { backendImage, imagesIn, imageTagged } from "../fixtures/images.ts";
import { type Change, type Circumstances, inspect } from "../fixtures/inspect.ts";
import { registerTaskDefinition, rollOut, taskDefinition } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./360-image-exists.ts";

const run = (world: World, image: string) => {
  for (const container of taskDefinition(world, "ohmycoins-prod-backend:2").containerDefinitions ?? []) container.image = image;
};
const backend = async (change: Change, circumstances: Circumstances = {}) =>
  (await inspect(check, change, circumstances)).find(({ subject }) => !subject.includes("frontend"));

test("passes when every image is there", async () => {
  expect(await inspect(check)).toMatchObject([
    { subject: "image:ohmycoins/backend:sprint-2.11-3f4021a", status: "pass", evidence: { tags: ["sprint-2.11-3f4021a"] } },
    { subject: "image:ohmycoins/frontend:sprint-2.11-3f4021a", status: "pass" },
  ]);
});

test("fails for a tag that nobody has pushed, and shows where to look for those that were", async () => {
  expect(await backend((world) => run(world, backendImage(world, ":sprint-2.12")))).toMatchObject({
    subject: "image:ohmycoins/backend:sprint-2.12",
    status: "fail",
    says: "does not exist: ohmycoins/backend in ap-southeast-2 has no such image",
    cause: "image-not-found",
    fix: {
      run: [expect.stringMatching(/^aws ecr describe-images --repository-name ohmycoins\/backend .* --region ap-southeast-2$/) as string],
    },
  });
});

test("fails for a repository that is not there", async () => {
  const found = await backend((world) => run(world, backendImage(world, ":1").replace("/backend", "/bakcend")));
  expect(found).toMatchObject({ status: "fail", says: "has no repository: there is no ohmycoins/bakcend in ap-southeast-2" });
});

test("fails for an image that was put into the archive, and waits for one that comes back from there", async () => {
  const found = (imageStatus: "ARCHIVED" | "ACTIVATING") =>
    backend((world) => void Object.assign(imageTagged(world, "backend"), { imageStatus }));
  expect(await found("ARCHIVED")).toMatchObject({ status: "fail", says: "is archived, and cannot be pulled" });
  expect(await found("ACTIVATING")).toMatchObject({ status: "pending" });
});

test("fails for an image that is in another region only", async () => {
  const there = (world: World) => run(world, backendImage(world, ":sprint-2.11-3f4021a").replace("ap-southeast-2", "us-east-1"));
  expect(await backend(there)).toMatchObject({ status: "fail", says: "has no repository: there is no ohmycoins/backend in us-east-1" });
  const copied = (world: World) => {
    there(world);
    world.ecr.repositories.push({
      repositoryName: "ohmycoins/backend",
      region: "us-east-1",
      images: [...imagesIn(world, "ohmycoins/backend")],
    });
  };
  expect(await backend(copied)).toMatchObject({ status: "pass", evidence: { region: "us-east-1" } });
});

test("skips what is in no registry of this account", async () => {
  expect(await backend((world) => run(world, "public.ecr.aws/ohmycoins/backend:1"))).toMatchObject({ status: "skip" });
  const another = await backend((world) => run(world, backendImage(world, ":1").replace(world.account, "111122223333")));
  expect(another).toMatchObject({ status: "skip", says: "is in the registry of account 111122223333, which is not asked" });
});

test("is not fooled by an image that comes with the first pull", async () => {
  const cached = (world: World) => {
    run(world, backendImage(world, "").replace("ohmycoins/backend", "docker-hub/library/nginx:1.27"));
    world.ecr.pullThroughCacheRules.push({ ecrRepositoryPrefix: "docker-hub", upstreamRegistryUrl: "registry-1.docker.io" });
  };
  expect(await backend(cached)).toMatchObject({
    status: "skip",
    says: "is not in the registry yet: the first pull fetches it from registry-1.docker.io",
  });
  expect(await backend(cached, { denied: ["ecr:DescribePullThroughCacheRules"] })).toMatchObject({
    status: "unknown",
    because: { action: "ecr:DescribePullThroughCacheRules" },
  });
});

test("does not know where it may not ask", async () => {
  expect(await backend(() => {}, { denied: ["ecr:DescribeImages"] })).toMatchObject({
    status: "unknown",
    because: { action: "ecr:DescribeImages" },
  });
});

test("is not fooled by what is being replaced: the deployment on its way is the mend", async () => {
  const found = await inspect(check, (world) => {
    registerTaskDefinition(world, "ohmycoins-prod-backend", () => {});
    rollOut(world, "ohmycoins-prod-backend", { taskDefinition: "ohmycoins-prod-backend:3" });
    run(world, backendImage(world, ":sprint-2.12"));
  });
  expect(found.map(({ subject, status }) => `${subject} ${status}`)).toEqual([
    "image:ohmycoins/backend:sprint-2.11-3f4021a pass",
    "image:ohmycoins/backend:sprint-2.12 skip",
    "image:ohmycoins/frontend:sprint-2.11-3f4021a pass",
  ]);
});

test("fails for one missing image of a definition whose other image is there", async () => {
  const found = await inspect(check, (world) => {
    const [first] = taskDefinition(world, "ohmycoins-prod-backend:2").containerDefinitions ?? [];
    const image = backendImage(world, ":router-1");
    taskDefinition(world, "ohmycoins-prod-backend:2").containerDefinitions?.push({ ...first, name: "router", essential: false, image });
  });
  expect(found.map(({ subject, status }) => `${subject} ${status}`)).toContain("image:ohmycoins/backend:router-1 fail");
});
