import { defineCheck, each, type Finding, fail, on, pass, sh, skip } from "../src/check.ts";
import { imageIndexes, isIndex } from "../src/facts/image-indexes.ts";
import { imageParts } from "../src/facts/image-names.ts";
import { images, type OwnImage } from "../src/facts/images.ts";
import { primaryOf, services } from "../src/facts/services.ts";
import { type Container, taskDefinitions } from "../src/facts/task-definitions.ts";
import { tasks } from "../src/facts/tasks.ts";

export default defineCheck({
  title: "What runs is what its tag means now",
  why: "Whoever looks a tag up in the registry to see what is in production is told of a build that is not.",
  severity: { "post-deploy": "warning", "sign-off": "warning" },
  about: services,
  needs: [taskDefinitions, tasks, images, imageIndexes],
  none: skip("there is no service"),

  evaluate(service, facts, { name }) {
    const { taskDefinition } = service;
    if (service.desired === 0) return skip("is at rest");
    if (taskDefinition === null) return skip("has no task definition of its own: another controller has not made a task set yet");
    const primary = primaryOf(service)?.id ?? null;
    const current = facts.tasks
      .get(name)
      .running.filter((task) => task.taskDefinition === taskDefinition && (primary === null || task.deployment === primary));
    if (current.length === 0) return skip("has no running task of its current deployment");

    /** All digests that tasks may say they pulled: Docker tells that of the index, and a pull by digest that of one it lists. */
    const meant = (image: OwnImage) => [
      image.digest,
      ...(isIndex(image) ? facts.imageIndexes.get(image.image).variants.map(({ digest }) => digest) : []),
    ];

    const judge = (container: Container): Finding => {
      const { tag, digest } = imageParts(container.image);
      if (digest !== null) return skip("is named by digest");
      const image = facts.images.get(container.image);
      if (image.elsewhere !== null) return skip(image.elsewhere);
      const pulled = current.flatMap((task) => task.containers.flatMap((one) => (one.name === container.name ? (one.digest ?? []) : [])));
      if (pulled.length === 0) return skip("does not tell what it has pulled");

      const [digests, now] = [[...new Set(pulled)], meant(image)];
      const evidence = { image: container.image, pulled: digests, now: image.digest };
      const other = digests.find((one) => !now.includes(one));
      if (other === undefined) return pass(`runs what ${tag ?? "latest"} means`, evidence);
      return fail(`runs ${other}, and its tag ${tag ?? "latest"} was moved to ${image.digest} since`, evidence, {
        do: "Deploy once more if the newer image is meant, or move the tag back; and give every build a tag of its own.",
        run: [sh`aws ecs update-service --service ${name} --force-new-deployment`],
      });
    };

    return each(facts.taskDefinitions.get(taskDefinition).containers, {
      none: () => skip("has no container"),
      some: (container) => on(`container:${name}/${container.name}`, judge(container)),
    });
  },
});
