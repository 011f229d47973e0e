import { defineCheck, each, fail, on, pass, skip } from "seaworthy";
import { caller } from "seaworthy/facts/caller";
import { taskDefinitions } from "seaworthy/facts/task-definitions";

export default defineCheck({
  title: "Every image comes from this account's own registry",
  why: "An image from elsewhere changes, or goes away, on the day that somebody else decides.",
  severity: "warning",
  about: taskDefinitions,
  needs: [caller],
  none: skip("no service has a task definition"),

  evaluate({ containers }, facts, { name }) {
    const { account } = facts.caller.get("caller");
    return each(containers, {
      none: () => skip("has no container"),
      some({ name: container, image }) {
        const part = `container:${name}/${container}`;
        if (image.startsWith(`${account}.dkr.ecr.`)) return on(part, pass("has an image of our own", { image }));
        return on(part, fail("has an image of somebody else's", { image }, { do: "Push the image to the own registry, and deploy that." }));
      },
    });
  },
});
