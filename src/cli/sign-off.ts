import { judgeDeployment } from "./judge-deployment.ts";
import type { Options } from "./options.ts";

/** Judges the deployment by what a sprint's sign-off asks for. */
export const signOff = (options: Options): Promise<number> => judgeDeployment("sign-off", options, "0");
