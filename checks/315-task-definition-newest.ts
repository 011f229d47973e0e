import { defineCheck, fail, pass, sh, skip } from "../src/check.ts";
import { services } from "../src/facts/services.ts";
import { taskDefinitionFamilies } from "../src/facts/task-definition-families.ts";
import { familyOf, taskDefinitionName } from "../src/facts/task-definitions.ts";

export default defineCheck({
  title: "Every service is on the revision that is meant",
  why: "A revision that was registered and never deployed is a release that everybody believes is out.",
  severity: "warning",
  about: services,
  needs: [taskDefinitionFamilies],
  symptom: ["deployment-landed"],
  none: skip("there is no service"),

  evaluate({ taskDefinition }, facts, { name, config }) {
    if (taskDefinition === null) return skip("has no task definition of its own: another controller has not made a task set yet");
    const deployed = taskDefinitionName(taskDefinition);
    const family = familyOf(deployed);
    const deploy = (revision: string) => [sh`aws ecs update-service --service ${name} --task-definition ${revision}`];

    // A number, a name or an ARN; a family without a revision states nothing more than its newest.
    const stated = config.services[name]?.taskDefinition ?? family;
    const meant = /^\d+$/.test(stated) ? `${family}:${stated}` : taskDefinitionName(stated);
    if (meant !== family && meant !== deployed)
      return fail(
        `is on ${deployed}, where ${meant} must be deployed`,
        { deployed, meant },
        { do: `Deploy ${meant}.`, run: deploy(meant) },
      );
    if (meant === deployed) return pass(`is on ${deployed}`, { deployed, meant });

    // No ACTIVE revision is left, so none waits.
    const newest = facts.taskDefinitionFamilies.find(family);
    const evidence = { deployed, newest: newest && `${family}:${newest.newest}`, registeredAt: newest?.registeredAt ?? null };
    if (!newest || newest.newest <= Number(deployed.split(":").at(-1))) return pass(`is on ${deployed}`, evidence);
    return fail(`is on ${deployed}, while ${evidence.newest} waits undeployed`, evidence, {
      do: `Deploy ${evidence.newest}, or deregister it if it was never meant to be.`,
      run: deploy(`${evidence.newest}`),
    });
  },
});
