import { defineFact, known, type Reading } from "../fact.ts";
import { accountIn, type Role, readRole, roleName } from "./role-types.ts";
import { services } from "./services.ts";
import { type Need, needsOf } from "./start-needs.ts";
import { taskDefinitionName, taskDefinitions } from "./task-definitions.ts";

/** A role that is not there because the task definition does not name it, though ECS needs one to start its tasks. */
export type Unnamed = { readonly taskDefinition: string; readonly needs: readonly Need[] };

/** The roles that ECS starts tasks with. A task definition, by its ARN, stands for the role that it would have to name. */
export const executionRoles = defineFact("executionRoles", {
  kind: "role",
  calls: ["iam:GetRole"],
  needs: [services, taskDefinitions],
  absentOn: ["NoSuchEntityException"],

  subjects: ({ facts }) =>
    facts.taskDefinitions.all().flatMap((definition) => {
      if (definition.executionRole !== null) return definition.executionRole;
      return needsOf(definition, facts.services.all(), idOf).length > 0 ? definition.arn : [];
    }),

  async ask({ aws, subject, facts }) {
    const by = facts.taskDefinitions.all().find(({ arn, executionRole }) => executionRole === subject || arn === subject);
    if (!by || by.arn === subject) return null;
    return { by: by.arn, role: accountIn(subject) === accountIn(by.arn) ? await aws.iam.GetRole({ RoleName: roleName(subject) }) : null };
  },

  resources: (_config, arn) => ({ "iam:GetRole": [arn("iam", "role/*")] }),

  read(answer, { subject, config, facts }): Reading<Role | Unnamed> {
    if (answer !== null) return readRole(answer.role, subject, { definition: answer.by, cluster: config.cluster });
    const needs = needsOf(facts.taskDefinitions.get(subject), facts.services.all(), idOf);
    return known({ taskDefinition: taskDefinitionName(subject), needs });
  },

  name: roleName,
});

const idOf = (target: { readonly to: string; readonly id?: string }) => target.id ?? null;
