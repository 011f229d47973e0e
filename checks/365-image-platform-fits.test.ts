import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { expect, test } from "vitest";
import { imageTagged, pushIndex } from "../fixtures/images.ts";
import { inspect } from "../fixtures/inspect.ts";
import { registerTaskDefinition, rollOut, service, taskDefinition } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./365-image-platform-fits.ts";

const name = "ohmycoins-prod-backend";
const tag = "sprint-2.12-77aa01c";
const subject = `image:ohmycoins/backend:${tag}`;

/** What is found of an image that the backend runs, and that is built for these platforms. */
async function builtFor(platforms: readonly string[], change: (definition: TaskDefinition, world: World) => void = () => {}) {
  const findings = await inspect(check, (world) => {
    const { image } = pushIndex(world, tag, platforms);
    const definition = taskDefinition(world, `${name}:2`);
    for (const container of definition.containerDefinitions ?? []) container.image = image;
    change(definition, world);
  });
  return findings.find((one) => one.subject === subject);
}
const arm = (definition: TaskDefinition) => void Object.assign(definition, { runtimePlatform: { cpuArchitecture: "ARM64" } });

test("passes when the image is there for the task's platform, and that is linux/amd64 where nothing is said", async () => {
  expect(await builtFor(["linux/arm64", "linux/amd64"])).toMatchObject({ status: "pass", says: "is there for linux/amd64" });
  const unsaid = await builtFor(["linux/amd64"], (definition) => delete definition.runtimePlatform);
  expect(unsaid).toMatchObject({ status: "pass" });
});

test("fails when it is built for another processor, whichever way round", async () => {
  expect(await builtFor(["linux/arm64"])).toMatchObject({
    status: "fail",
    says: `is not there for linux/amd64, on which ${name}:2 runs: it lists linux/arm64`,
    cause: "image-platform-mismatch",
  });
  expect(await builtFor(["linux/amd64"], arm)).toMatchObject({ status: "fail" });
  expect(await builtFor(["linux/amd64", "linux/arm64"], arm)).toMatchObject({ status: "pass", says: "is there for linux/arm64" });
});

test("fails for a Linux image in a Windows task", async () => {
  const windows = await builtFor(["linux/amd64"], (definition) => {
    definition.runtimePlatform = { cpuArchitecture: "X86_64", operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" };
  });
  expect(windows).toMatchObject({ status: "fail" });
});

test("skips one manifest alone, and what is not in this registry", async () => {
  expect(await inspect(check)).toMatchObject([
    { status: "skip", says: "is one manifest alone, which does not say what it runs on" },
    { status: "skip" },
  ]);
});

test("is not fooled by instances, which may be of another kind than is assumed where nothing is said", async () => {
  const onInstances = await builtFor(["linux/arm64"], (definition, world) => {
    delete definition.runtimePlatform;
    service(world, name).launchType = "EC2";
  });
  expect(onInstances).toMatchObject({ status: "skip" });
});

test("is not fooled by an index that says of one image nothing at all", async () => {
  const unsaid = await builtFor(["linux/arm64"], (_definition, world) => {
    imageTagged(world, "backend", tag).manifest = JSON.stringify({ manifests: [{ digest: `sha256:${"1".repeat(64)}` }] });
  });
  expect(unsaid).toMatchObject({ status: "pass" });
});

test("does not know what an index lists that it may not read", async () => {
  const findings = await inspect(
    check,
    (world) => {
      const { image } = pushIndex(world, tag, ["linux/arm64"]);
      for (const container of taskDefinition(world, `${name}:2`).containerDefinitions ?? []) container.image = image;
    },
    { denied: ["ecr:BatchGetImage"] },
  );
  expect(findings.find((one) => one.subject === subject)).toMatchObject({ status: "unknown", because: { action: "ecr:BatchGetImage" } });
});

test("skips an image that only what is being replaced runs", async () => {
  const replaced = await builtFor(["linux/arm64"], (_definition, world) => {
    registerTaskDefinition(world, name, ({ containerDefinitions }) => {
      for (const container of containerDefinitions ?? []) container.image = "ghcr.io/ohmycoins/backend:1";
    });
    rollOut(world, name, { taskDefinition: `${name}:3` });
  });
  expect(replaced).toMatchObject({ status: "skip" });
});
