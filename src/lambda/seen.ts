import { type LastDeployment, serviceDeployments } from "../facts/service-deployments.ts";
import type { Run } from "../run.ts";
import type { Hook } from "./hook.ts";

/** Whether what was seen is the service deployment that waits. */
export type Seen = "it" | "another" | "unknown";

/** Which service deployment was seen: the newest that ECS lists may still be the one before. */
export function seenIn({ snapshot: { facts } }: Run, { service, deployment }: Hook): Seen {
  const reading = facts[serviceDeployments.id]?.readings[service];
  if (reading?.state !== "known") return "unknown";
  const { last } = reading.value as LastDeployment;
  const isIt = deployment.includes(":service-deployment/") ? last?.arn === deployment : last?.status === "IN_PROGRESS";
  return isIt ? "it" : "another";
}
