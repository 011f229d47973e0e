import { judgeDeployment } from "./judge-deployment.ts";
import type { Options } from "./options.ts";

/** Judges what would fail if the deployment were scaled up now. */
export const checklist = (options: Options): Promise<number> => judgeDeployment("pre-scale-up", options, "0");
