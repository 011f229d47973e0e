import { defineFact, known, type Reading, unknown } from "../fact.ts";
import { imageName, inAnyRepository, placeOf } from "./ecr-places.ts";
import { namedDifferently } from "./image-names.ts";
import { described, images, type OwnImage } from "./images.ts";
import { services } from "./services.ts";
import { taskDefinitions } from "./task-definitions.ts";

/** The deployed images of which the configuration expects what only their registry can tell: another account's is asked as well. */
export const expectedImages = defineFact("expectedImages", {
  kind: "image",
  calls: ["ecr:DescribeImages"],
  needs: [services, taskDefinitions, images],

  subjects: ({ config, facts }) =>
    facts.services.all().flatMap(({ name, taskDefinition }) => {
      const expected = Object.entries(config.services[name]?.image ?? {});
      if (expected.length === 0 || taskDefinition === null) return [];
      const deployed = facts.taskDefinitions.all().find(({ arn }) => arn === taskDefinition)?.containers ?? [];
      return deployed.flatMap(({ name: container, image }) =>
        expected.some(([one, pattern]) => one === container && namedDifferently(pattern, image)) ? [image] : [],
      );
    }),

  async ask({ aws, subject, facts }) {
    const place = placeOf(subject);
    if (!place || facts.images.get(subject).elsewhere === null) return null;
    const { registry, region, repository, id } = place;
    return aws.ecr.DescribeImages({ registryId: registry, repositoryName: repository, imageIds: [id] }, { region });
  },

  resources({ services }, arn) {
    const expected = Object.values(services).flatMap(({ image = {} }) => Object.values(image));
    return inAnyRepository(
      "ecr:DescribeImages",
      arn,
      expected.flatMap((one) => placeOf(one)?.registry ?? []),
    );
  },

  read(answer, { subject, facts }): Reading<OwnImage> {
    const [image, place] = [facts.images.get(subject), placeOf(subject)];
    if (image.elsewhere === null) return known(image);
    if (!place || !answer) return unknown("unasked", `it ${image.elsewhere} which tags it has`);
    return described(subject, place, answer.imageDetails ?? []);
  },

  name: imageName,
});
