import { expect, test } from "vitest";
import { milliseconds } from "./duration.ts";

test.each([
  ["500ms", 500],
  ["2s", 2000],
  ["1.5m", 90_000],
  ["1h", 3_600_000],
  ["0", 0],
])("%s is %i milliseconds", (text, expected) => {
  expect(milliseconds(text)).toBe(expected);
});

test.each(["", "5", "-1s", "1d", "s"])("%j is no duration", (text) => {
  expect(() => milliseconds(text)).toThrow(RangeError);
});
