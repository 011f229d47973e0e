import type { ImageDetail } from "@aws-sdk/client-ecr";
import { defineFact, given, known, oneOf, type Reading, unknown } from "../fact.ts";
import { caller } from "./caller.ts";
import { byRepository, imageName, inAnyRepository, type Place, placeOf } from "./ecr-places.ts";
import { taskDefinitions } from "./task-definitions.ts";

/** An image of this account's ECR: the digest that its name means now, and every tag that points at it. Times are ISO 8601. */
export type OwnImage = {
  readonly image: string;
  readonly elsewhere: null;
  readonly region: string;
  readonly repository: string;
  readonly digest: string;
  readonly tags: readonly string[];
  /** Of its manifest; null where ECR does not say. */
  readonly mediaType: string | null;
  readonly status: "ACTIVE" | "ARCHIVED" | "ACTIVATING";
  readonly pushedAt: string | null;
  /** What ECR says of its last scan by itself; null where it says nothing. */
  readonly scan: { readonly status: string; readonly critical: number | null } | null;
};

/** An image that a task definition names. Of one in another registry nothing is known but why that one is not asked. */
export type Image = OwnImage | { readonly image: string; readonly elsewhere: string };

/** The images that the task definitions name. Absent: its repository is there no more, or has no such image. */
export const images = defineFact("images", {
  kind: "image",
  calls: ["ecr:DescribeImages"],
  needs: [caller, taskDefinitions],
  batch: 100,
  absentOn: ["ImageNotFoundException", "RepositoryNotFoundException"],

  subjects: ({ facts }) => facts.taskDefinitions.all().flatMap(({ containers }) => containers.map(({ image }) => image)),

  ask({ aws, subjects, facts }) {
    const { account } = facts.caller.get("caller");
    const own = subjects.filter((image) => placeOf(image)?.registry === account);
    return byRepository(own, async ({ registry, region, repository }, imageIds) => {
      const answer = await aws.ecr.DescribeImages({ registryId: registry, repositoryName: repository, imageIds }, { region });
      return answer.imageDetails ?? [];
    });
  },

  resources: (_config, arn) => inAnyRepository("ecr:DescribeImages", arn),

  read(answers, { subject }): Reading<Image> {
    const [place, details] = [placeOf(subject), answers.get(subject)];
    if (!place) return known({ image: subject, elsewhere: "is not in ECR, and no other registry is asked" });
    if (!details) return known({ image: subject, elsewhere: `is in the registry of account ${place.registry}, which is not asked` });
    return described(subject, place, details);
  },

  name: imageName,
});

/** What ECR says of an image, out of what it said of several. */
export function described(image: string, { id, region, repository }: Place, details: readonly ImageDetail[]): Reading<OwnImage> {
  const detail = details.find(({ imageDigest, imageTags = [] }) =>
    "imageDigest" in id ? imageDigest === id.imageDigest : imageTags.includes(id.imageTag),
  );
  if (!detail) return unknown("invalid", "AWS answered and did not mention it");
  const { imageDigest, imageTags = [], imageManifestMediaType, imageStatus, imagePushedAt } = detail;
  const { imageScanStatus: scanned, imageScanFindingsSummary: summary } = detail;
  return known({
    image,
    elsewhere: null,
    region,
    repository,
    digest: given(imageDigest, "imageDigest"),
    tags: imageTags,
    mediaType: imageManifestMediaType ?? null,
    status: oneOf(imageStatus ?? "ACTIVE", ["ACTIVE", "ARCHIVED", "ACTIVATING"]),
    pushedAt: imagePushedAt?.toISOString() ?? null,
    scan: scanned?.status
      ? { status: scanned.status, critical: summary ? (summary.findingSeverityCounts?.["CRITICAL"] ?? 0) : null }
      : null,
  });
}
