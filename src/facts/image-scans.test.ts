import { expect, test } from "vitest";
import { deployNext } from "../../fixtures/backend.ts";
import { imagesIn, imageTagged, pushIndex } from "../../fixtures/images.ts";
import { reading } from "../../fixtures/inspect.ts";
import type { WorldImage } from "../../fixtures/world.ts";
import { imageScans } from "./image-scans.ts";

const name = "ohmycoins/backend:sprint-2.11-3f4021a";
const scanned = async (change: (image: WorldImage) => void) =>
  (await reading(imageScans, (world) => change(imageTagged(world, "backend")))).readings[name];

test("knows what DescribeImages tells, without another call", async () => {
  const { readings } = await reading(imageScans, () => {}, { denied: ["ecr:DescribeImageScanFindings"] });
  expect(readings).toMatchObject({ [name]: { value: { status: "COMPLETE", critical: 0 } } });
});

test("asks for the scan of which DescribeImages tells nothing", async () => {
  const found = await scanned((image) => {
    delete image.imageScanStatus;
    delete image.imageScanFindingsSummary;
    image.scan = { status: "COMPLETE", findingSeverityCounts: { CRITICAL: 2, LOW: 1 } };
  });
  expect(found).toMatchObject({ value: { status: "COMPLETE", critical: 2 } });
});

test("an image that was never scanned is absent", async () => {
  const found = await scanned((image) => {
    delete image.imageScanStatus;
    delete image.imageScanFindingsSummary;
  });
  expect(found).toMatchObject({ state: "absent" });
});

test("a scan without a result has counted nothing, which is not zero", async () => {
  const found = await scanned((image) => {
    image.imageScanStatus = { status: "UNSUPPORTED_IMAGE" };
    delete image.imageScanFindingsSummary;
  });
  expect(found).toMatchObject({ value: { status: "UNSUPPORTED_IMAGE", critical: null } });
});

test("of an index, that is asked for which runs", async () => {
  const tag = "sprint-2.12-77aa01c";
  const { readings } = await reading(imageScans, (world, config) => {
    const { image, listed } = pushIndex(world, tag, ["linux/arm64", "linux/amd64"]);
    for (const one of imagesIn(world, "ohmycoins/backend"))
      if (one.imageDigest === listed[1]) one.scan = { status: "ACTIVE", findingSeverityCounts: { CRITICAL: 1 } };
    deployNext(world, config, (container) => {
      container.image = image;
    });
  });
  expect(readings[`ohmycoins/backend:${tag}`]).toMatchObject({ value: { status: "ACTIVE", critical: 1 } });
});
