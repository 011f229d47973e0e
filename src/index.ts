import type { Deployment } from "./deployment.ts";
import type { Report } from "./report.ts";

export type { Action } from "./aws.ts";
export type { Check, Context, Evidence, Finding, Findings, Fix, Scene, Severity } from "./check.ts";
export { afterwards, byItself, defineCheck, each, fail, on, pass, pending, presence, sh, skip } from "./check.ts";
export type { Config, Stated } from "./config.ts";
export type { Deployment } from "./deployment.ts";
export type { Absent, Fact, Json, Known, Link, Reading, Unknown, ValueOf } from "./fact.ts";
export { absent, defineFact, given, InvalidAnswer, known, oneOf, unknown, unlessDenied } from "./fact.ts";
export { Mistake } from "./mistake.ts";
export type { Report, ReportedCheck, ReportedFinding, RootCause } from "./report.ts";

/** Judges a deployment as the commands do, and gives the report. Rejects with a Mistake where they would end with exit code 2. */
export const judgeDeployment = async (deployment: Deployment = {}, signal?: AbortSignal): Promise<Report> =>
  (await import("./deployment.ts")).judgeDeployment(deployment, signal);
