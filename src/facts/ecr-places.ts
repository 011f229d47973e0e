import type { Arn, Resources } from "../fact.ts";
import { imageParts } from "./image-names.ts";

/** Where in ECR an image is: `id` is the tag or digest there that it is named by. */
export type Place = {
  readonly registry: string;
  readonly region: string;
  readonly repository: string;
  readonly id: { readonly imageTag: string } | { readonly imageDigest: string };
};

// https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
const ecr = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws|on\.amazonwebservices\.com\.cn)\/(.+)$/;

/** Where in ECR an image is, by its name; null where it is in another registry. A digest outdoes the tag before it. */
export function placeOf(image: string): Place | null {
  const [, registry, region, path] = ecr.exec(image) ?? [];
  if (!registry || !region || !path) return null;
  const { repository, tag, digest } = imageParts(path);
  return { registry, region, repository, id: digest === null ? { imageTag: tag ?? "latest" } : { imageDigest: digest } };
}

/** How findings name an image: without the host of its registry, where that is ECR. */
export const imageName = (image: string): string => ecr.exec(image)?.[3] ?? image;

/**
 * What a policy may narrow calls about images to: any repository of the account, and of others where they are named, since only the task
 * definitions tell which, and in which region.
 */
export const inAnyRepository = (call: string, arn: Arn, others: readonly string[] = []): Resources => {
  const [head, partition, service, , own = "*", resource] = arn("ecr", "repository/*").split(":");
  return { [call]: [...new Set([own, ...others])].map((account) => [head, partition, service, "*", account, resource].join(":")) };
};

/** Asks once for each repository about those of the images that are in it. What it answers, by image. */
export async function byRepository<Answer>(
  images: readonly string[],
  ask: (place: Place, imageIds: Place["id"][]) => Promise<Answer>,
): Promise<ReadonlyMap<string, Answer>> {
  const places = images.flatMap((image) => {
    const place = placeOf(image);
    return place ? [{ image, place }] : [];
  });
  const groups = Map.groupBy(places, ({ place: { registry, region, repository } }) => `${registry} ${region} ${repository}`);
  const answers = [...groups.values()].map(async (group) => {
    const [first] = group;
    if (!first) return [];
    const ids = group.map(({ place }) => place.id);
    const answer = await ask(first.place, ids);
    return group.map(({ image }) => [image, answer] as const);
  });
  return new Map((await Promise.all(answers)).flat());
}
