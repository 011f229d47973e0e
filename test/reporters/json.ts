import { type Report, reportSchema } from "../../src/report.ts";
import type { Reading } from "./reading.ts";

export default {
  counted: (text) => (JSON.parse(text) as Report).counts,
  expected: ({ counts }) => counts,
  problems: (text) => reportSchema.safeParse(JSON.parse(text)).error?.issues.map(({ message }) => message) ?? [],
} satisfies Reading;
