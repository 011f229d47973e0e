import { expect, test } from "vitest";
import { imageTagged } from "../fixtures/images.ts";
import { inspect } from "../fixtures/inspect.ts";
import type { WorldImage } from "../fixtures/world.ts";
import check from "./366-image-scanned.ts";

const scanned = async (change: (image: WorldImage) => void) =>
  (await inspect(check, (world) => change(imageTagged(world, "backend")), { scene: "sign-off" }))[0];
const unsaid = (image: WorldImage) => {
  delete image.imageScanStatus;
  delete image.imageScanFindingsSummary;
};

test("passes when the last scan found nothing critical, whatever else", async () => {
  expect(await inspect(check)).toMatchObject([{ status: "pass", evidence: { critical: 0, status: "COMPLETE" } }, { status: "pass" }]);
});

test("fails when it found something critical, by either way in which ECR tells", async () => {
  const summarised = await scanned((image) => {
    image.imageScanFindingsSummary = { findingSeverityCounts: { CRITICAL: 1 } };
  });
  expect(summarised).toMatchObject({ status: "fail", says: "has 1 critical finding" });
  const asked = await scanned((image) => {
    unsaid(image);
    image.scan = { status: "COMPLETE", findingSeverityCounts: { CRITICAL: 3 } };
  });
  expect(asked).toMatchObject({ status: "fail", says: "has 3 critical findings" });
});

test("skips an image that was never scanned, or of which no scan has come to anything", async () => {
  expect(await scanned(unsaid)).toMatchObject({ status: "skip", says: "was never scanned" });
  const unsupported = await scanned((image) => {
    unsaid(image);
    image.imageScanStatus = { status: "UNSUPPORTED_IMAGE" };
  });
  expect(unsupported).toMatchObject({ status: "skip", says: "has no result of a scan: it is UNSUPPORTED_IMAGE" });
});

test("is not fooled by a scan that is no longer renewed: what it found is still so", async () => {
  const expired = await scanned((image) => {
    image.imageScanStatus = { status: "SCAN_ELIGIBILITY_EXPIRED" };
    image.imageScanFindingsSummary = { findingSeverityCounts: { CRITICAL: 2 } };
  });
  expect(expired).toMatchObject({ status: "fail" });
});

test("does not take a scan that it may not see for none", async () => {
  const found = await inspect(check, (world) => unsaid(imageTagged(world, "backend")), { denied: ["ecr:DescribeImageScanFindings"] });
  expect(found).toMatchObject([{ status: "unknown", because: { action: "ecr:DescribeImageScanFindings" } }, { status: "pass" }]);
});
