import { type Deployment, judgeDeployment } from "./deployment.ts";
import { Mistake } from "./mistake.ts";
import type { Report } from "./report.ts";
import { type SuiteOptions, suiteOf } from "./vitest/suite.ts";

export type { Deployment } from "./deployment.ts";
export type { Report } from "./report.ts";
export { type SuiteOptions, suiteOf } from "./vitest/suite.ts";

/** Judges a deployment and makes a suite of what was found: `await countdown({ config: "seaworthy.config.yaml" })` in a test file. */
export async function countdown({ tags = false, ...deployment }: Deployment & SuiteOptions = {}): Promise<Report> {
  const report = await judgeDeployment(deployment).catch((error: unknown) => {
    if (!(error instanceof Mistake)) throw error;
    throw Object.assign(new Error(`${error.message}\n${error.remedy}`), { name: "Mistake", stack: "" });
  });
  suiteOf(report, { strict: deployment.strict ?? false, tags });
  return report;
}
