import { defineCheck, each, type Finding, fail, on, pass, skip } from "../src/check.ts";
import { registerAndDeploy } from "../src/diagnosis/fixes.ts";
import { expectedImages } from "../src/facts/expected-images.ts";
import { imageMatches, imageParts, namedDifferently } from "../src/facts/image-names.ts";
import { services } from "../src/facts/services.ts";
import { taskDefinitions } from "../src/facts/task-definitions.ts";
import { tasks } from "../src/facts/tasks.ts";

export default defineCheck({
  title: "Every container is deployed with the image that is meant",
  why: "A pipeline that is green for the wrong build tells everybody that a fix is out which is not.",
  severity: "blocker",
  about: services,
  needs: [taskDefinitions, tasks, expectedImages],
  symptom: ["deployment-landed"],
  none: skip("there is no service"),

  evaluate({ taskDefinition }, facts, { name, config }) {
    const expected = Object.entries(config.services[name]?.image ?? {});
    if (expected.length === 0) return skip("is not told which image to serve");
    if (taskDefinition === null) return skip("has no task definition of its own: another controller has not made a task set yet");
    const { containers, family, revision } = facts.taskDefinitions.get(taskDefinition);

    /** Every name that what is deployed goes by, as far as the expectation asks for it. */
    const namesOf = (container: string, image: string, pattern: string): readonly string[] => {
      if (!namedDifferently(pattern, image)) return [image];
      const { repository, digest } = imageParts(image);
      if (digest !== null) return [image, ...facts.expectedImages.get(image).tags.map((tag) => `${repository}:${tag}`)];
      // A tag may have been moved since: what the tasks run is what they pulled.
      const running = facts.tasks.get(name).running.filter((task) => task.taskDefinition === taskDefinition);
      const digests = new Set(
        running.flatMap((task) => task.containers.flatMap((one) => (one.name === container ? (one.digest ?? []) : []))),
      );
      return [...(digests.size > 0 ? digests : [facts.expectedImages.get(image).digest])].map((one) => `${repository}@${one}`);
    };

    const judge = ([container, pattern]: readonly [string, string]): Finding => {
      const image = containers.find((one) => one.name === container)?.image;
      const deploy = {
        do: `Register a revision whose container ${container} has the image ${pattern} and deploy it, or correct what the configuration expects.`,
        run: registerAndDeploy(family, [name]),
      };
      if (image === undefined)
        return fail(`is not part of ${family}:${revision}`, { expected: pattern, containers: containers.map((one) => one.name) }, deploy);

      const names = namesOf(container, image, pattern);
      const evidence = { expected: pattern, deployed: image, names, taskDefinition: `${family}:${revision}` };
      const byDigest = imageParts(image).digest === null && names.some((one) => one.includes("@"));
      const matches = (one: string) => imageMatches(pattern, one);
      // Tags are names of one image; digests are of as many images as the tasks run.
      if (byDigest ? names.every(matches) : names.some(matches)) return pass(`has the image ${image}`, evidence);
      return fail(`has the image ${image}, where ${pattern} is meant`, evidence, deploy);
    };

    return each(expected, {
      none: () => skip("is not told which image to serve"),
      some: (one) => on(`container:${name}/${one[0]}`, judge(one)),
    });
  },
});
