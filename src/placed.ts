import { type Fix, sh } from "./check.ts";
import type { Config } from "./config.ts";

const command = /^aws [\w-]+ (wait )?[\w-]+/;
/** ECS commands that take no cluster. */
const clusterless = /^aws ecs [\w-]*task-definitions?\b/;

/** A fix whose AWS commands name the cluster and the region that they are meant for. */
export function placed({ do: action, run = [], again }: Fix, { cluster, region }: Pick<Config, "cluster" | "region">) {
  const inPlace = (line: string) => {
    const wantsCluster = line.startsWith("aws ecs ") && !clusterless.test(line) && !line.includes(" --cluster ");
    const wantsRegion = region !== undefined && !line.includes(" --region ");
    return line.replace(
      command,
      (verb) => verb + (wantsCluster ? sh` --cluster ${cluster}` : "") + (wantsRegion ? sh` --region ${region}` : ""),
    );
  };
  return { do: action, run: run.map(inPlace), ...(again && { again: again.map(inPlace) }) };
}
