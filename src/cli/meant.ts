import { sh } from "../check.ts";
import type { Options } from "./options.ts";

/** The words that mean the same deployment to a later command in the same folder; none, where only a snapshot says which it is. */
export function meantBy(
  { config, cluster, service = [], region, profile, endpointUrl }: Options,
  file: string | undefined,
): string | undefined {
  if (file === undefined && cluster === undefined) return undefined;
  return [
    config === undefined ? [] : sh`--config ${config}`,
    cluster === undefined ? [] : sh`--cluster ${cluster}`,
    service.map((name) => sh`--service ${name}`),
    region === undefined ? [] : sh`--region ${region}`,
    profile === undefined ? [] : sh`--profile ${profile}`,
    endpointUrl === undefined ? [] : sh`--endpoint-url ${endpointUrl}`,
  ]
    .flat()
    .join(" ");
}
