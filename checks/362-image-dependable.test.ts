import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { expect, test } from "vitest";
import { backendImage } from "../fixtures/images.ts";
import { inspect } from "../fixtures/inspect.ts";
import { secret, service, taskDefinition } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./362-image-dependable.ts";

const name = "ohmycoins-prod-backend";
const subject = `container:${name}/backend`;

/** What is found of the backend's container, changed. */
async function found(change: (container: ContainerDefinition, world: World) => void) {
  const findings = await inspect(check, (world) => {
    for (const container of taskDefinition(world, `${name}:2`).containerDefinitions ?? []) change(container, world);
  });
  return findings.find((one) => one.subject === subject);
}
const of = (image: string) =>
  found((container) => {
    container.image = image;
  });

test("passes for tags of a build, and for digests", async () => {
  expect(await inspect(check)).toMatchObject([{ subject, status: "pass" }, { status: "pass" }]);
  const digest = await found((container, world) => {
    container.image = backendImage(world, `:latest@sha256:${"0".repeat(64)}`);
  });
  expect(digest).toMatchObject({ status: "pass" });
});

test("fails for latest, said or not said", async () => {
  for (const image of ["ghcr.io/ohmycoins/backend:latest", "ghcr.io/ohmycoins/backend"])
    expect(await of(image)).toMatchObject({ status: "fail", says: `has the image ${image}, which is whatever latest is` });
});

test("fails for Docker Hub without credentials, and passes with them", async () => {
  for (const image of ["nginx:1.27", "docker.io/ohmycoins/backend:1"])
    expect(await of(image)).toMatchObject({ status: "fail", says: `is pulled from Docker Hub without credentials: ${image}` });
  const authorised = await found((container, world) => {
    container.image = "ohmycoins/backend:1";
    container.repositoryCredentials = { credentialsParameter: secret(world, "ohmycoins-prod-app-secrets").ARN };
  });
  expect(authorised).toMatchObject({ status: "pass" });
});

test("skips Docker Hub on instances, which may have credentials of their own", async () => {
  const onInstances = await found((container, world) => {
    container.image = "nginx:1.27";
    service(world, name).launchType = "EC2";
  });
  expect(onInstances).toMatchObject({ status: "skip" });
});

test("is not fooled by other public registries, or by a tag that only begins like latest", async () => {
  for (const image of ["public.ecr.aws/nginx/nginx:1.27", "ghcr.io/library/nginx:latest-2026", "registry:5000/nginx:1"])
    expect(await of(image)).toMatchObject({ status: "pass" });
});

test("fails for Docker Hub where capacity providers mean Fargate", async () => {
  const onSpot = await found((container, world) => {
    container.image = "nginx:1.27";
    const one = service(world, name);
    delete one.launchType;
    one.capacityProviderStrategy = [{ capacityProvider: "FARGATE_SPOT", weight: 1 }];
  });
  expect(onSpot).toMatchObject({ status: "fail" });
});
