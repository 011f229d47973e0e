import { sh } from "../check.ts";

/** The commands that bring services to a new revision, once it is written into a file called like its family. */
export const registerAndDeploy = (family: string, services: readonly string[]): readonly string[] => [
  sh`aws ecs register-task-definition --cli-input-json ${`file://${family}.json`}`,
  ...services.map((name) => sh`aws ecs update-service --service ${name} --task-definition ${family}`),
];
