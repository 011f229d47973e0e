import { judgeDeployment } from "./judge-deployment.ts";
import type { Options } from "./options.ts";

/** Judges what has just been deployed; waits while things may still come true. */
export const gate = (options: Options): Promise<number> => judgeDeployment("post-deploy", options, "10m");
