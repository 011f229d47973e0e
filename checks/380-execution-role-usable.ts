import { defineCheck, fail, on, pass, presence, sh, skip } from "../src/check.ts";
import { createRole, letEcsAssume, letRole } from "../src/diagnosis/role-fixes.ts";
import { executionRoles } from "../src/facts/execution-roles.ts";
import { type Decided, refusal } from "../src/facts/role-decisions.ts";
import { rolePermissions } from "../src/facts/role-permissions.ts";
import { roleName } from "../src/facts/role-types.ts";
import { taskDefinitions } from "../src/facts/task-definitions.ts";

export default defineCheck({
  title: "Every execution role can start its tasks",
  why: "A role that lost one permission keeps every new task from starting, and shows only when somebody deploys or scales.",
  severity: "blocker",
  about: presence(executionRoles),
  needs: [rolePermissions, taskDefinitions],
  breaks: "starting",
  none: skip("names no execution role, and needs none"),

  evaluate(reading, facts, { name }) {
    if (reading.state === "absent") {
      const arn =
        facts.taskDefinitions.all().find(({ executionRole }) => executionRole && roleName(executionRole) === name)?.executionRole ?? name;
      return fail("does not exist", { arn, why: reading.why }, createRole(arn, "execution"), "role-assume-failed");
    }
    const role = reading.value;
    if ("taskDefinition" in role) {
      const needed = [...new Set(role.needs.map(({ of }) => of))];
      const mend = {
        do: "In a new revision of the task definition, name an execution role, and deploy it.",
        run: [sh`aws ecs describe-task-definition --task-definition ${role.taskDefinition} --query taskDefinition`],
      };
      const says = `names no execution role, without which ECS has no access to ${listed(needed)}`;
      return on(`task-definition:${role.taskDefinition}`, fail(says, { needs: role.needs }, mend, "role-assume-failed"));
    }
    if (role.elsewhere !== null) return skip(`is a role of account ${role.elsewhere}, which is not asked`);
    if (!role.trusted) {
      const says = "does not trust ecs-tasks.amazonaws.com, so that ECS cannot assume it";
      return fail(says, { arn: role.arn }, letEcsAssume(role), "role-assume-failed");
    }
    const { allowed, refused } = facts.rolePermissions.get(name);
    const [first] = refused;
    if (!first) return pass("may do what ECS needs of it", { arn: role.arn, allowed: allowed.map(told) });
    const more = refused.length > 1 ? `, and ${refused.length - 1} more` : "";
    const says = `may not ${first.action} on ${first.resource}${more}: ${refusal(first)}`;
    return fail(
      says,
      { arn: role.arn, refused: refused.map((one) => ({ ...told(one), why: refusal(one) })), allowed: allowed.map(told) },
      letRole(name, refused),
      causes[first.action],
    );
  },
});

const listed = (words: readonly string[]) => words.slice(0, 3).join(", ") + (words.length > 3 ? ` and ${words.length - 3} more` : "");

const told = ({ action, resource, of, by }: Decided) => ({ action, resource, of, by });

const causes: Readonly<Record<string, string>> = {
  "secretsmanager:GetSecretValue": "secret-access-denied",
  "ssm:GetParameters": "secret-access-denied",
  "kms:Decrypt": "kms-decrypt-denied",
  "ecr:GetAuthorizationToken": "image-pull-denied",
  "ecr:BatchGetImage": "image-pull-denied",
  "ecr:GetDownloadUrlForLayer": "image-pull-denied",
  "logs:CreateLogGroup": "log-driver-access-denied",
  "logs:CreateLogStream": "log-driver-access-denied",
  "logs:PutLogEvents": "log-driver-access-denied",
};
