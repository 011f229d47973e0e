import { expect, test } from "vitest";
import { difference } from "../../src/cli/difference.ts";

const names = ["before", "after"] as const;
const lines = (...all: (string | number)[]) => `${all.join("\n")}\n`;

test("nothing is said where nothing changed", () => {
  expect(difference("a\n", "a\n", names)).toBe("");
});

test("what goes comes before what takes its place, with three lines around", () => {
  expect(difference(lines(1, 2, 3, 4, "old", 6, 7, 8, 9), lines(1, 2, 3, 4, "new", "more", 6, 7, 8, 9), names)).toBe(
    ["--- before", "+++ after", "@@ -2,7 +2,8 @@", " 2", " 3", " 4", "-old", "+new", "+more", " 6", " 7", " 8", ""].join("\n"),
  );
});

test("changes far apart are hunks of their own", () => {
  const numbers = Array.from({ length: 30 }, (_, n) => n);
  const text = difference(lines(...numbers), lines("x", ...numbers.slice(1, 29)), names);
  expect(text.split("\n").filter((line) => line.startsWith("@@"))).toEqual(["@@ -1,4 +1,4 @@", "@@ -27,5 +27,4 @@"]);
});
