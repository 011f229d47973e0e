import { defineFact, given, known, type Reading } from "../fact.ts";
import { services } from "./services.ts";
import { familyOf, type Reference, referencesOf } from "./task-definitions.ts";

/** The newest ACTIVE revision of a family: what a service gets that is deployed by the family's name. */
export type Family = {
  readonly family: string;
  readonly arn: string;
  readonly newest: number;
  readonly registeredAt: string | null;
  readonly references: readonly Reference[];
};

/** The families of the task definitions that the services are on. */
export const taskDefinitionFamilies = defineFact("taskDefinitionFamilies", {
  kind: "family",
  calls: ["ecs:DescribeTaskDefinition"],
  needs: [services],
  absentOn: ["ClientException: Unable to describe task definition"],

  subjects: ({ facts }) => facts.services.all().flatMap(({ taskDefinition }) => (taskDefinition ? [familyOf(taskDefinition)] : [])),

  ask: ({ aws, subject }) => aws.ecs.DescribeTaskDefinition({ taskDefinition: subject }),

  read({ taskDefinition }, { subject }): Reading<Family> {
    const { taskDefinitionArn, revision, registeredAt, containerDefinitions } = given(taskDefinition, "taskDefinition");
    return known({
      family: subject,
      arn: given(taskDefinitionArn, "taskDefinitionArn"),
      newest: given(revision, "revision"),
      registeredAt: registeredAt?.toISOString() ?? null,
      references: given(containerDefinitions, "containerDefinitions").flatMap(referencesOf),
    });
  },
});
