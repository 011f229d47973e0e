import { expect, test } from "vitest";
import { fitting, shortened } from "./fitting.ts";

test("rows are taken whole, from the first, as long as they fit", () => {
  expect(fitting(["ab", "cd", "ef"], 5)).toEqual(["ab", "cd"]);
  expect(fitting(["ab", "cd"], 4)).toEqual(["ab", "cd"]);
  expect(fitting(["abc"], 2)).toEqual([]);
});

test("the trap: what counts are bytes, and a later row that would fit does not overtake", () => {
  expect(fitting(["éé", "a"], 3)).toEqual([]);
  expect(fitting(["a", "long", "b"], 3)).toEqual(["a"]);
});

test("of a long text the beginning and the end are kept, and what is short is left alone", () => {
  const long = `${"a".repeat(100)}${"z".repeat(100)}`;
  expect(shortened({ [long]: [long, "short", 1, null] }, 10)).toEqual({
    "aaaaa… 200 characters …zzzzz": ["aaaaa… 200 characters …zzzzz", "short", 1, null],
  });
  expect(shortened("🚀".repeat(10), 3).isWellFormed()).toBe(true);
});
