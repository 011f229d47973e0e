import { expect, test } from "vitest";
import { allVisible, visible } from "./visible.ts";

test("what cannot be seen is written out", () => {
  expect(visible("a\u001b[1m\nb\u202e")).toBe("a\\e[1m\\nb\\u202e");
  expect(visible("half\ud800character, nul\u0000byte")).toBe("half\\ud800character, nul\\u0000byte");
  expect(visible("ünïcödé 漢字 🚀")).toBe("ünïcödé 漢字 🚀");
});

test("in every text of a value, and in its names", () => {
  expect(allVisible({ "a\n": ["b\t", 1, null, { c: "\r" }] })).toEqual({ "a\\n": ["b\\t", 1, null, { c: "\\r" }] });
});
