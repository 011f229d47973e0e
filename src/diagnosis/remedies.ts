import { type Fix, sh } from "../check.ts";
import type { TaskDefinition } from "../facts/task-definitions.ts";
import { rewriteAndDeploy } from "./fixes.ts";

/** What to do about tasks of a service that died of a cause, null for one that is not known. */
export function remedyOf(cause: string | null, service: string, definition: TaskDefinition | null): Fix {
  const again = sh`aws ecs update-service --service ${service} --force-new-deployment`;
  if (!definition) return { do: "Mend what the message names, then force a new deployment.", run: [again] };
  const words = wordsOf(definition);
  switch (cause) {
    case "container-oom":
      return { do: "Give the task more memory, in a new revision of its task definition.", run: rewriteAndDeploy(definition, [service]) };
    case "app-crash-exit":
      return { do: "Read the application's last words, mend what they name, and deploy it again.", run: [...words, again] };
    case "container-healthcheck-failed":
      return { do: "Find out why the container's health check command fails, mend it, and deploy again.", run: [...words, again] };
    case "elb-healthcheck-failed":
    case "elb-healthcheck-failed-status":
    case "elb-healthcheck-timeout":
      return { do: "Make the container answer the load balancer's health check in time, and deploy it again.", run: [...words, again] };
    case "bad-entrypoint":
    case "invalid-task-configuration":
    case "image-not-found":
    case "image-platform-mismatch":
      return { do: "Mend what the message names, in a new revision of the task definition.", run: rewriteAndDeploy(definition, [service]) };
    default:
      return { do: "Mend what the message names, then force a new deployment.", run: [again] };
  }
}

const wordsOf = ({ containers }: TaskDefinition): readonly string[] =>
  [...new Set(containers.flatMap(({ essential, log }) => (essential && log?.group ? [log] : [])))].map(
    ({ group, region }) => sh`aws logs tail ${group ?? ""} --since 1h` + (region ? sh` --region ${region}` : ""),
  );
