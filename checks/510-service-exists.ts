import { defineCheck, fail, pass, presence, sh } from "../src/check.ts";
import { services } from "../src/facts/services.ts";

export default defineCheck({
  title: "Every service exists and is ACTIVE",
  why: "What is not there serves nobody, and everything else that is asked would be about nothing.",
  severity: "blocker",
  about: presence(services),
  breaks: true,
  none: fail("has no service to judge", { services: [] }, { do: "Name the services in the configuration, or create them in the cluster." }),

  evaluate(service, _facts, { name, config: { cluster } }) {
    if (service.state === "absent")
      return fail(
        `does not exist in ${cluster}`,
        { answer: service.why, cluster },
        { do: "Create the service, or correct its name or the cluster in the configuration.", run: [sh`aws ecs list-services`] },
      );

    const { status, arn } = service.value;
    if (status === "ACTIVE") return pass("exists and is ACTIVE", { arn, status });
    return fail(
      "is being deleted",
      { arn, status },
      {
        do: "Wait until it is gone, and create it again.",
        run: [sh`aws ecs wait services-inactive --services ${name}`],
      },
    );
  },
});
