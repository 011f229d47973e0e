import { defineFact, given, known, type Reading, unknown } from "../fact.ts";
import { services } from "./services.ts";
import { taskDefinitions } from "./task-definitions.ts";

/** What an image is called in its registry: the digest that it has, and every tag that points at it. */
export type Image = { readonly image: string; readonly digest: string; readonly tags: readonly string[] };

/** The parts of an image's name, as a task definition writes it. */
export function imageParts(image: string): { readonly repository: string; readonly tag: string | null; readonly digest: string | null } {
  const [written = "", digest = null] = image.split("@");
  const [, repository = written, tag = null] = /^(.*):([^/:]+)$/.exec(written) ?? [];
  return { repository, tag, digest };
}

/** Whether an image's name is the expected one, in which * stands for anything. */
export function imageMatches(expected: string, image: string): boolean {
  const pattern = expected.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${pattern.join(".*")}$`, "s").test(image);
}

/** Whether an image is named by tag and the expected one by digest, or the other way round, so that the names alone do not tell. */
export const namedDifferently = (expected: string, image: string): boolean =>
  !imageMatches(expected, image) && (imageParts(image).digest === null) === expected.includes("sha256:");

// https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
const ecr = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)\/(.+)$/;

/** The deployed images of which the configuration expects what only their registry can tell. */
export const images = defineFact("images", {
  kind: "image",
  calls: ["ecr:DescribeImages"],
  needs: [services, taskDefinitions],
  absentOn: ["ImageNotFoundException", "RepositoryNotFoundException"],

  subjects: ({ config, facts }) =>
    facts.services.all().flatMap(({ name, taskDefinition }) => {
      const expected = Object.entries(config.services[name]?.image ?? {});
      if (expected.length === 0 || taskDefinition === null) return [];
      const deployed = facts.taskDefinitions.all().find(({ arn }) => arn === taskDefinition)?.containers ?? [];
      return deployed.flatMap(({ name: container, image }) =>
        expected.some(([one, pattern]) => one === container && namedDifferently(pattern, image)) ? [image] : [],
      );
    }),

  async ask({ aws, subject, config }) {
    const [, registryId, region, path = ""] = ecr.exec(subject) ?? [];
    if (!registryId || (config.region !== undefined && region !== config.region)) return null;
    const { repository: repositoryName, tag, digest } = imageParts(path);
    const imageIds = [digest === null ? { imageTag: tag ?? "latest" } : { imageDigest: digest }];
    return aws.ecr.DescribeImages({ registryId, repositoryName, imageIds });
  },

  read(answer, { subject }): Reading<Image> {
    if (answer === null)
      return unknown("unasked", "it is not in this region's ECR, and no other registry is asked which tags an image has");
    const detail = given(answer.imageDetails?.[0], "imageDetails");
    return known({ image: subject, digest: given(detail.imageDigest, "imageDigest"), tags: detail.imageTags ?? [] });
  },

  name: (subject) => ecr.exec(subject)?.[3] ?? subject,
});
