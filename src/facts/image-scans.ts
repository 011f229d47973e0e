import { defineFact, given, known, oneOf, type Reading } from "../fact.ts";
import { imageName, inAnyRepository } from "./ecr-places.ts";
import { imageIndexes, isIndex, variantsFor } from "./image-indexes.ts";
import { images } from "./images.ts";
import { taskDefinitions } from "./task-definitions.ts";

const statuses = [
  "IN_PROGRESS",
  "COMPLETE",
  "FAILED",
  "UNSUPPORTED_IMAGE",
  "ACTIVE",
  "PENDING",
  "SCAN_ELIGIBILITY_EXPIRED",
  "FINDINGS_UNAVAILABLE",
  "LIMIT_EXCEEDED",
  "IMAGE_ARCHIVED",
] as const;

/** What the last scan of an image came to; `critical` is null where it has counted nothing. */
export type ImageScan = { readonly image: string; readonly status: (typeof statuses)[number]; readonly critical: number | null };

/** The last scan of each image of this account's ECR, of an index that of what runs. Absent: it was never scanned. */
export const imageScans = defineFact("imageScans", {
  kind: "image",
  calls: ["ecr:DescribeImageScanFindings"],
  needs: [taskDefinitions, images, imageIndexes],
  absentOn: ["ScanNotFoundException"],

  subjects: ({ facts }) => facts.images.all().flatMap(({ image, elsewhere }) => (elsewhere === null ? [image] : [])),

  // DescribeImages tells of a scan, but not of one by the newer basic scanning, and never of what an index lists.
  // https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-basic.html
  async ask({ aws, subject, facts }) {
    const image = facts.images.get(subject);
    if (image.elsewhere !== null || image.scan) return null;
    const { region, repository } = image;
    const platform = facts.taskDefinitions.all().find(({ containers }) => containers.some((one) => one.image === subject))?.platform;
    const [variant] = isIndex(image) && platform ? variantsFor(facts.imageIndexes.get(subject), platform) : [];
    const imageId = { imageDigest: variant?.digest ?? image.digest };
    return aws.ecr.DescribeImageScanFindings({ repositoryName: repository, imageId, maxResults: 1 }, { region, firstPage: true });
  },

  resources: (_config, arn) => inAnyRepository("ecr:DescribeImageScanFindings", arn),

  read(answer, { subject, facts }): Reading<ImageScan> {
    const image = facts.images.get(subject);
    const told = image.elsewhere === null ? image.scan : null;
    if (told) return known({ image: subject, status: oneOf(told.status, statuses), critical: told.critical });
    const { imageScanStatus, imageScanFindings } = given(answer, "answer");
    const critical = imageScanFindings ? (imageScanFindings.findingSeverityCounts?.["CRITICAL"] ?? 0) : null;
    return known({ image: subject, status: oneOf(imageScanStatus?.status, statuses), critical });
  },

  name: imageName,
});
