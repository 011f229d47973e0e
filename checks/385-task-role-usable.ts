import { defineCheck, fail, pass, presence, skip } from "../src/check.ts";
import { createRole, letEcsAssume } from "../src/diagnosis/role-fixes.ts";
import { roleName } from "../src/facts/role-types.ts";
import { taskDefinitions } from "../src/facts/task-definitions.ts";
import { taskRoles } from "../src/facts/task-roles.ts";

export default defineCheck({
  title: "Every task role can be given to its tasks",
  why: "ECS starts no task whose role it cannot assume, and says so only in the events of the service.",
  severity: "blocker",
  about: presence(taskRoles),
  needs: [taskDefinitions],
  breaks: true,
  none: skip("gives its tasks no role"),

  evaluate(reading, facts, { name }) {
    if (reading.state === "absent") {
      const arn = facts.taskDefinitions.all().find(({ taskRole }) => taskRole && roleName(taskRole) === name)?.taskRole ?? name;
      return fail("does not exist", { arn, why: reading.why }, createRole(arn, "task"), "role-assume-failed");
    }
    const role = reading.value;
    const { arn } = role;
    if (role.elsewhere !== null) return skip(`is a role of account ${role.elsewhere}, which is not asked`);
    if (role.trusted) return pass("exists and trusts ecs-tasks.amazonaws.com", { arn });
    return fail("does not trust ecs-tasks.amazonaws.com, so that ECS cannot assume it", { arn }, letEcsAssume(role), "role-assume-failed");
  },
});
