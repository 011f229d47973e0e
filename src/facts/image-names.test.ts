import { expect, test } from "vitest";
import { imageMatches, imageParts, isOnDockerHub, namedDifferently } from "./image-names.ts";

const repository = "220711411889.dkr.ecr.ap-southeast-2.amazonaws.com/ohmycoins/backend";

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

test.each<[boolean, string]>([
  [true, "nginx"],
  [true, "nginx:1.27"],
  [true, "datadog/agent:7"],
  [true, "docker.io/library/nginx"],
  [true, "registry-1.docker.io/library/nginx"],
  [false, "public.ecr.aws/nginx/nginx:1.27"],
  [false, "ghcr.io/ohmycoins/sidecar:1"],
  [false, "localhost/nginx"],
  [false, "registry:5000/nginx"],
  [false, `${repository}:1`],
])("it is %s that %s comes from Docker Hub", (expected, image) => {
  expect(isOnDockerHub(image)).toBe(expected);
});
