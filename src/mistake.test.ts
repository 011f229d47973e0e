import { expect, test } from "vitest";
import { nearest } from "./mistake.ts";

const keys = ["deployment", "cluster", "services", "secrets", "alarms"];

test.each([
  ["servics", "services"],
  ["Alarms", "alarms"],
  ["secret", "secrets"],
  ["deploymnet", "deployment"],
  ["zebra", undefined],
])("%s probably means %s", (word, expected) => {
  expect(nearest(word, keys)).toBe(expected);
});
