import { expect, test } from "vitest";
import { deployNext } from "../../fixtures/backend.ts";
import { imageTagged, pushIndex } from "../../fixtures/images.ts";
import { reading } from "../../fixtures/inspect.ts";
import { imageIndexes, inGo, variantsFor } from "./image-indexes.ts";
import type { Platform } from "./task-definitions.ts";

const tag = "sprint-2.12-77aa01c";
const name = `ohmycoins/backend:${tag}`;
const deployed = (platforms: readonly string[], manifest?: string) =>
  reading(imageIndexes, (world, config) => {
    const { image } = pushIndex(world, tag, platforms);
    if (manifest !== undefined) imageTagged(world, "backend", tag).manifest = manifest;
    deployNext(world, config, (container) => {
      container.image = image;
    });
  });

test("asks nothing of an image that is no index", async () => {
  expect((await reading(imageIndexes)).readings).toEqual({});
});

test("knows what an index lists, and leaves out what is no image", async () => {
  const { readings } = await deployed(["linux/amd64", "linux/arm64"]);
  expect(readings).toMatchObject({
    [name]: {
      value: {
        variants: [
          { os: "linux", architecture: "amd64", digest: expect.stringMatching(/^sha256:/) as string },
          { os: "linux", architecture: "arm64" },
        ],
      },
    },
  });
});

test("what is no index after all is unknown, never an empty one", async () => {
  for (const manifest of ["{}", "no JSON"]) expect((await deployed([], manifest)).readings).toMatchObject({ [name]: { state: "unknown" } });
});

test.each<[Platform, string]>([
  [{ os: "LINUX", architecture: "X86_64" }, "linux/amd64"],
  [{ os: "LINUX", architecture: "ARM64" }, "linux/arm64"],
  [{ os: "WINDOWS_SERVER_2022_CORE", architecture: "X86_64" }, "windows/amd64"],
])("%j is %s to an image", (platform, expected) => {
  expect(inGo(platform)).toBe(expected);
  const variants = ["linux/amd64", "linux/arm64", "windows/amd64"].map((one) => {
    const [os = "", architecture = ""] = one.split("/");
    return { digest: one, os, architecture };
  });
  expect(variantsFor({ image: "a", variants }, platform).map(({ digest }) => digest)).toEqual([expected]);
});

test("an image for 32 bits will do, and one that does not say may", () => {
  const variants = [
    { digest: "386", os: "linux", architecture: "386" },
    { digest: "unsaid", os: null, architecture: null },
  ];
  expect(variantsFor({ image: "a", variants }, { os: "LINUX", architecture: "X86_64" })).toEqual(variants);
});
