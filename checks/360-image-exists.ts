import { defineCheck, fail, pass, pending, presence, sh, skip } from "../src/check.ts";
import { images } from "../src/facts/images.ts";
import { isMeant } from "../src/facts/placement.ts";
import { pullThrough } from "../src/facts/pull-through.ts";
import { services } from "../src/facts/services.ts";
import { taskDefinitions } from "../src/facts/task-definitions.ts";

export default defineCheck({
  title: "Every image in this account's registry exists",
  why: "Tasks that run already hide it: the next one, started at night or under load, cannot be pulled and never comes.",
  severity: "blocker",
  about: presence(images),
  needs: [services, taskDefinitions, pullThrough],
  breaks: "starting",
  none: skip("there is no container"),

  evaluate(image, facts, { name }) {
    const cause = "image-not-found";
    if (image.state === "known") {
      const { value } = image;
      if (value.elsewhere !== null) return skip(value.elsewhere);
      const { region, repository, digest, tags, status, pushedAt } = value;
      const evidence = { region, repository, digest, tags, status, pushedAt };
      if (status === "ACTIVE") return pass("exists", evidence);
      if (status === "ACTIVATING") return pending("is being restored from the archive", evidence);
      const restore = sh`aws ecr update-image-storage-class --repository-name ${repository} --image-id imageDigest=${digest} --target-storage-class STANDARD --region ${region}`;
      return fail(
        "is archived, and cannot be pulled",
        evidence,
        { do: "Restore the image from the archive, and wait until it is ACTIVE.", run: [restore] },
        cause,
      );
    }

    const { image: missing, region, repository, upstream } = facts.pullThrough.get(name);
    const users = facts.taskDefinitions.all().filter(({ containers }) => containers.some((one) => one.image === missing));
    if (!users.some(({ arn }) => isMeant(facts.services.all(), arn))) return skip("is named only by what is being replaced");
    if (upstream !== null) return skip(`is not in the registry yet: the first pull fetches it from ${upstream}`);
    const evidence = { region, repository, answer: image.why };
    if (/^The repository /.test(image.why)) {
      const run = [
        sh`aws ecr describe-repositories --query ${"repositories[].repositoryName"} --region ${region}`,
        sh`aws ecr create-repository --repository-name ${repository} --region ${region}`,
      ];
      return fail(
        `has no repository: there is no ${repository} in ${region}`,
        evidence,
        { do: "Create the repository and push the image, or deploy a revision that names the right one.", run },
        cause,
      );
    }
    const newest = sh`aws ecr describe-images --repository-name ${repository} --query ${"reverse(sort_by(imageDetails, &imagePushedAt))[:10].[imagePushedAt, imageDigest, imageTags]"} --region ${region}`;
    return fail(
      `does not exist: ${repository} in ${region} has no such image`,
      evidence,
      { do: "Push the image, or deploy a revision that names one of those that are there.", run: [newest] },
      cause,
    );
  },
});
