import { defineCheck, fail, pass, skip } from "../src/check.ts";
import { registerAndDeploy } from "../src/diagnosis/fixes.ts";
import { imageIndexes, inGo, isIndex, variantsFor } from "../src/facts/image-indexes.ts";
import { images } from "../src/facts/images.ts";
import { isMeant, isOnFargate } from "../src/facts/placement.ts";
import { services, servicesOn } from "../src/facts/services.ts";
import { type TaskDefinition, taskDefinitions } from "../src/facts/task-definitions.ts";

export default defineCheck({
  title: "Every image is built for the platform that it runs on",
  why: "An image for another processor is found only when it is started, by which time everybody waits for it.",
  severity: "blocker",
  about: images,
  needs: [services, taskDefinitions, imageIndexes],
  breaks: true,
  none: skip("there is no container"),

  evaluate(image, facts) {
    if (image.elsewhere !== null) return skip(image.elsewhere);
    if (!isIndex(image)) return skip("is one manifest alone, which does not say what it runs on");
    const index = facts.imageIndexes.get(image.image);
    const users = facts.taskDefinitions
      .all()
      .filter(({ arn, containers }) => isMeant(facts.services.all(), arn) && containers.some((one) => one.image === image.image));
    if (users.length === 0) return skip("is named only by what is being replaced");
    const on = (definition: TaskDefinition) => servicesOn(facts.services.all(), definition.arn);

    // Where nothing is stated, it is the instances that decide, and linux/amd64 is but our reading.
    const judged = users.filter((one) => inGo(one.platform) !== "linux/amd64" || on(one).some(isOnFargate));
    if (judged.length === 0) return skip("runs on instances, which decide what they need of it");
    const misfit = judged.find(({ platform }) => variantsFor(index, platform).length === 0);
    const platforms = index.variants.map(({ os, architecture }) => (os && architecture ? `${os}/${architecture}` : "unsaid"));
    const needed = judged.map(({ family, revision, platform }) => `${family}:${revision} on ${inGo(platform)}`);
    const evidence = { digest: image.digest, platforms, needed };
    if (!misfit) return pass(`is there for ${[...new Set(judged.map(({ platform }) => inGo(platform)))].join(" and ")}`, evidence);

    const wanted = inGo(misfit.platform);
    return fail(
      `is not there for ${wanted}, on which ${misfit.family}:${misfit.revision} runs: it lists ${platforms.join(", ") || "nothing"}`,
      evidence,
      {
        do: `Build and push the image for ${wanted} as well, or state the platform that it is built for in a new revision, and deploy it.`,
        run: registerAndDeploy(
          misfit.family,
          on(misfit).map(({ name }) => name),
        ),
      },
      "image-platform-mismatch",
    );
  },
});
