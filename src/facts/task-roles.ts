import { defineFact } from "../fact.ts";
import { accountIn, readRole, roleName } from "./role-types.ts";
import { taskDefinitions } from "./task-definitions.ts";

/** The roles that tasks have themselves. */
export const taskRoles = defineFact("taskRoles", {
  kind: "role",
  calls: ["iam:GetRole"],
  needs: [taskDefinitions],
  absentOn: ["NoSuchEntityException"],

  subjects: ({ facts }) => facts.taskDefinitions.all().flatMap(({ taskRole }) => taskRole ?? []),

  async ask({ aws, subject, facts }) {
    const by = facts.taskDefinitions.all().find(({ taskRole }) => taskRole === subject)?.arn ?? "";
    return { by, role: accountIn(subject) === accountIn(by) ? await aws.iam.GetRole({ RoleName: roleName(subject) }) : null };
  },

  resources: (_config, arn) => ({ "iam:GetRole": [arn("iam", "role/*")] }),

  read: ({ by, role }, { subject, config: { cluster } }) => readRole(role, subject, { definition: by, cluster }),

  name: roleName,
});
