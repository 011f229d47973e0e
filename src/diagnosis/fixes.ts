import { sh } from "../check.ts";
import { type TaskDefinition, taskDefinitionName } from "../facts/task-definitions.ts";

/** What describing tells of a task definition that registering does not take. */
const told = "taskDefinitionArn, .revision, .status, .requiresAttributes, .compatibilities, .registeredAt, .registeredBy, .deregisteredAt";

/** The commands that bring services to a new revision, once it is written into a file called like its family. */
export const registerAndDeploy = (family: string, services: readonly string[]): readonly string[] => [
  sh`aws ecs register-task-definition --cli-input-json ${`file://${family}.json`}`,
  ...services.map((name) => sh`aws ecs update-service --service ${name} --task-definition ${family}`),
];

/** The commands that fetch a task definition into a file, to be changed there, and bring services to what it then is. */
export const rewriteAndDeploy = ({ arn, family }: TaskDefinition, services: readonly string[]): readonly string[] => [
  fetched(taskDefinitionName(arn), family),
  ...registerAndDeploy(family, services),
];

const fetched = (name: string, family: string) =>
  sh`aws ecs describe-task-definition --task-definition ${name} --query taskDefinition | jq ${`del(.${told})`} > ${`${family}.json`}`;
