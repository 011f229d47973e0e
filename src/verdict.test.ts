import { expect, test } from "vitest";
import { verdictOf, type Weighed } from "./verdict.ts";

const weigh = (words: string): Weighed[] =>
  words
    .split(", ")
    .filter(Boolean)
    .map((word) => {
      const [severity, status, waived] = word.split(" ");
      return { severity, status, waived: waived === "waived" } as Weighed;
    });

test.each([
  ["blocker pass", "GO", 0],
  ["blocker pass, warning fail", "GO", 0],
  ["blocker pass, warning unknown, advice fail", "GO", 0],
  ["blocker pass, blocker fail waived", "GO", 0],
  ["blocker pass, blocker unknown waived", "GO", 0],
  ["blocker pass, blocker skip", "GO", 0],
  ["blocker pass, blocker pending", "HOLD", 5],
  ["blocker pass, blocker unknown", "HOLD", 5],
  ["blocker skip", "HOLD", 5],
  ["blocker fail waived", "HOLD", 5],
  ["warning pass", "HOLD", 5],
  ["", "HOLD", 5],
  ["blocker unknown, blocker fail", "NO-GO", 3],
])("verdict on (%s) is %s", (words, verdict, exitCode) => {
  expect(verdictOf(weigh(words))).toEqual({ verdict, exitCode });
});

test("strict makes warnings count, and changes nothing else", () => {
  expect(verdictOf(weigh("blocker pass, warning fail"), { strict: true }).exitCode).toBe(4);
  expect(verdictOf(weigh("blocker pass, warning fail waived"), { strict: true }).exitCode).toBe(0);
  expect(verdictOf(weigh("blocker pass, warning unknown"), { strict: true }).exitCode).toBe(0);
  expect(verdictOf(weigh("blocker fail"), { strict: true }).exitCode).toBe(3);
});
