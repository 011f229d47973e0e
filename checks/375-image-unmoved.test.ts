import { expect, test } from "vitest";
import { backendImage, imageTagged, moveTag, pushIndex } from "../fixtures/images.ts";
import { type Change, inspect } from "../fixtures/inspect.ts";
import { landed, rest, rollOut, service, taskDefinition, tasksOf } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./375-image-unmoved.ts";

const name = "ohmycoins-prod-backend";
const subject = `container:${name}/backend`;
const found = async (change: Change) => (await inspect(check, change)).find((one) => one.subject.includes(name));
const run = (world: World, image: string, digest: string | undefined) => {
  for (const container of taskDefinition(world, `${name}:2`).containerDefinitions ?? []) container.image = image;
  for (const task of tasksOf(world, service(world, name)))
    for (const container of task.containers ?? []) Object.assign(container, { image, imageDigest: digest });
};

test("passes when tasks run what their tag means", async () => {
  expect(await found(() => {})).toMatchObject({ subject, status: "pass", says: "runs what sprint-2.11-3f4021a means" });
});

test("fails when somebody has pushed over the tag since", async () => {
  let now = "";
  const moved = await found((world) => {
    now = moveTag(world);
  });
  expect(moved).toMatchObject({
    subject,
    status: "fail",
    evidence: { now },
    fix: {
      run: [`aws ecs update-service --cluster ohmycoins-prod-cluster --region ap-southeast-2 --service ${name} --force-new-deployment`],
    },
  });
});

test("passes once it is deployed again", async () => {
  const again = await found((world) => {
    moveTag(world);
    rollOut(world, name);
    landed(world, name);
  });
  expect(again).toMatchObject({ status: "pass" });
});

test("is not fooled by tasks that are about to go: only those count that were deployed last", async () => {
  const rolling = await found((world) => {
    moveTag(world);
    rollOut(world, name);
  });
  expect(rolling).toMatchObject({ status: "pass" });
});

test("is not fooled by an index: tasks may tell its digest, or that of the image which it lists for them", async () => {
  for (const which of ["index", "listed"] as const) {
    const index = await found((world) => {
      const { image, digest, listed } = pushIndex(world, "multi", ["linux/arm64", "linux/amd64"]);
      run(world, image, which === "index" ? digest : listed[1]);
    });
    expect(index).toMatchObject({ status: "pass" });
  }
  const another = await found((world) => run(world, pushIndex(world, "multi", ["linux/amd64"]).image, `sha256:${"9".repeat(64)}`));
  expect(another).toMatchObject({ status: "fail" });
});

test("skips at rest, by digest, and where nobody tells what was pulled", async () => {
  expect(await found(rest)).toMatchObject({ status: "skip", says: "is at rest" });
  const byDigest = (world: World) => {
    const { imageDigest } = imageTagged(world, "backend");
    run(world, backendImage(world, `@${imageDigest}`), imageDigest);
  };
  expect(await found(byDigest)).toMatchObject({ status: "skip", says: "is named by digest" });
  expect(await found((world) => run(world, backendImage(world, ":sprint-2.11-3f4021a"), undefined))).toMatchObject({ status: "skip" });
  expect(await found((world) => run(world, "ghcr.io/ohmycoins/backend:1", undefined))).toMatchObject({ status: "skip" });
});
