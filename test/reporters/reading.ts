import type { Report } from "../../src/report.ts";

type Numbers = Readonly<Record<string, number>>;

/**
 * How the text of one reporter is read back. A file beside this one that is named like the reporter exports one; a reporter may do
 * without.
 */
export interface Reading {
  /** The numbers that the text gives. */
  readonly counted?: (text: string) => Numbers;
  /** The numbers that it must give of a report. */
  readonly expected?: (report: Report) => Numbers;
  /** What is wrong with the text by its format's own schema; nothing where it is right. */
  readonly problems?: (text: string) => readonly string[];
  /** The text without what its format writes for characters that it cannot have as they are. */
  readonly plain?: (text: string) => string;
}

/** The sentence that pages for people end on: `1 passed, 3 failed, 1 waived.` */
export const sentence: Reading = {
  counted: (text) => {
    const numbers = [...text.replaceAll(/\s+/g, " ").matchAll(/(\d+) (passed|failed|pending|unknown|skipped|waived)\b/g)];
    return Object.fromEntries(numbers.map(([, number, word = ""]) => [word, Number(number)]));
  },
  expected: ({ counts: { pass: passed, fail: failed, pending, unknown, skip: skipped, waived } }) =>
    Object.fromEntries(Object.entries({ passed, failed, pending, unknown, skipped, waived }).filter(([, count]) => count > 0)),
};
