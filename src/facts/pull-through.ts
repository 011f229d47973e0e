import { defineFact, given, known, type Reading } from "../fact.ts";
import { imageName, type Place, placeOf } from "./ecr-places.ts";
import { images } from "./images.ts";
import { taskDefinitions } from "./task-definitions.ts";

/** Where an image is that its repository lacks, or would be; `upstream` is the registry that ECR fetches it from at the first pull. */
export type PullThrough = Omit<Place, "id"> & { readonly image: string; readonly upstream: string | null };

/** Whether images that are not in this account's ECR come there by being pulled. Asked only of those that are missing. */
export const pullThrough = defineFact("pullThrough", {
  kind: "image",
  calls: ["ecr:DescribePullThroughCacheRules"],
  needs: [taskDefinitions, images],

  subjects: ({ facts }) =>
    facts.taskDefinitions.all().flatMap(({ containers }) => containers.flatMap(({ image }) => (placeOf(image) ? [image] : []))),

  async ask({ aws, subject, facts }) {
    if (facts.images.find(subject) !== null) return null;
    const { region } = given(placeOf(subject), "region");
    return aws.ecr.DescribePullThroughCacheRules({}, { region });
  },

  read(answer, { subject }): Reading<PullThrough> {
    const { id: _, ...place } = given(placeOf(subject), "place");
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-creating-rule.html
    const rule = answer?.pullThroughCacheRules?.find(
      ({ ecrRepositoryPrefix: prefix }) => prefix === "ROOT" || place.repository.startsWith(`${prefix}/`),
    );
    return known({ ...place, image: subject, upstream: rule ? (rule.upstreamRegistryUrl ?? "its upstream registry") : null });
  },

  name: imageName,
});
