import { defineReporter } from "../reporter.ts";

/** The report document itself, `seaworthy.report/1`. */
export default defineReporter((report) => `${JSON.stringify(report, null, 2)}\n`);
