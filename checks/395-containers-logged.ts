import { defineCheck, each, type Finding, fail, on, pass, skip } from "../src/check.ts";
import { registerAndDeploy } from "../src/diagnosis/fixes.ts";
import { isOnFargate } from "../src/facts/placement.ts";
import { services } from "../src/facts/services.ts";
import { type Container, taskDefinitions } from "../src/facts/task-definitions.ts";

export default defineCheck({
  title: "Every essential container's output is kept",
  why: "When it dies at night, what it said last is the only witness, and nobody has written it down.",
  severity: "warning",
  about: services,
  needs: [taskDefinitions],
  none: skip("there is no service"),

  evaluate(service, facts, { name }) {
    if (service.taskDefinition === null) return skip("has no task definition of its own: another controller has not made a task set yet");
    const { containers, family, revision } = facts.taskDefinitions.get(service.taskDefinition);

    const judge = ({ name: container, log }: Container): Finding => {
      if (log) return pass(`is logged by ${log.driver}`, { driver: log.driver, group: log.group, region: log.region });
      // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html: without one, the Docker daemon decides.
      if (!isOnFargate(service)) return skip("is logged as the Docker daemons of its instances decide");
      return fail(
        "has no log configuration: what it says is lost",
        { taskDefinition: `${family}:${revision}`, logConfiguration: null },
        {
          do: `Give the container ${container} a logConfiguration in a new revision, and deploy it.`,
          run: registerAndDeploy(family, [name]),
        },
      );
    };

    const essential = containers.filter((container) => container.essential);
    return each(essential, {
      none: () => skip("has no essential container"),
      some: (container) => on(`container:${name}/${container.name}`, judge(container)),
    });
  },
});
