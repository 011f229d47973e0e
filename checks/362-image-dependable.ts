import { defineCheck, each, type Finding, fail, on, pass, skip } from "../src/check.ts";
import { registerAndDeploy } from "../src/diagnosis/fixes.ts";
import { imageParts, isOnDockerHub } from "../src/facts/image-names.ts";
import { isOnFargate } from "../src/facts/placement.ts";
import { services } from "../src/facts/services.ts";
import { taskDefinitions } from "../src/facts/task-definitions.ts";

export default defineCheck({
  title: "Every image is named for good, and from where it can always be had",
  why: "What is called latest is something else tomorrow, and Docker Hub turns away strangers who ask too often: both break a restart that nobody planned.",
  severity: { "pre-scale-up": "advice", "post-deploy": "advice", "sign-off": "warning" },
  about: services,
  needs: [taskDefinitions],
  none: skip("there is no service"),

  evaluate(service, facts, { name }) {
    if (service.taskDefinition === null) return skip("has no task definition of its own: another controller has not made a task set yet");
    const { containers, references, family } = facts.taskDefinitions.get(service.taskDefinition);

    const judge = (container: string, image: string): Finding => {
      const { tag, digest } = imageParts(image);
      const anonymous = isOnDockerHub(image) && !references.some((one) => one.use === "registry" && one.container === container);
      const evidence = { image, tag, digest, anonymous };
      const run = registerAndDeploy(family, [name]);
      if (digest === null && (tag ?? "latest") === "latest")
        return fail(`has the image ${image}, which is whatever latest is`, evidence, {
          do: "Name the image by its digest, or by a tag of its own build, in a new revision, and deploy it.",
          run,
        });
      if (!anonymous) return pass(`has the image ${image}`, evidence);
      if (!isOnFargate(service)) return skip("comes from Docker Hub, where its instances may have credentials of their own");
      return fail(`is pulled from Docker Hub without credentials: ${image}`, evidence, {
        do: "Pull the image through a cache in ECR, or give the container the credentials of an account with Docker, in a new revision, and deploy it.",
        run,
      });
    };

    return each(containers, {
      none: () => skip("has no container"),
      some: (one) => on(`container:${name}/${one.name}`, judge(one.name, one.image)),
    });
  },
});
