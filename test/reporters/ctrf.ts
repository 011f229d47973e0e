import { type CTRFReport, validate } from "ctrf";
import type { Reading } from "./reading.ts";

export default {
  counted: (text) => {
    const { summary, tests } = (JSON.parse(text) as CTRFReport).results;
    const { passed, failed, pending, skipped, other } = summary;
    return { tests: summary.tests, listed: tests.length, passed, failed, pending, skipped, other };
  },
  expected: ({ checks, counts: { pass, fail, pending, unknown, skip, waived } }) => {
    const tests = checks.flatMap(({ findings }) => findings).length;
    return { tests, listed: tests, passed: pass, failed: fail, pending, skipped: skip + waived, other: unknown };
  },
  problems: (text) => validate(JSON.parse(text)).errors?.map(({ message }) => message) ?? [],
  plain: (text) => {
    const { tests, environment } = (JSON.parse(text) as CTRFReport).results;
    return [environment?.reportName, ...tests.map(({ name, message }) => `${name} ${message}`)].join("\n");
  },
} satisfies Reading;
