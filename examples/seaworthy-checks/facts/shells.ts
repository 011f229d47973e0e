import { defineFact, given, known, type Reading } from "seaworthy";
import { services } from "seaworthy/facts/services";

/** Whether ECS Exec opens shells in the tasks of a service. */
export const shells = defineFact("shells", {
  kind: "service",
  calls: ["ecs:DescribeServices"],
  needs: [services],

  subjects: ({ facts }) => facts.services.all().map(({ name }) => name),

  ask: ({ aws, subject, config }) => aws.ecs.DescribeServices({ cluster: config.cluster, services: [subject] }),

  read(answer): Reading<{ readonly admitted: boolean }> {
    return known({ admitted: given(answer.services?.[0]?.enableExecuteCommand, "enableExecuteCommand") });
  },
});
