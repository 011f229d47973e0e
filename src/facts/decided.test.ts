import { expect, test } from "vitest";
import { both, either } from "./decided.ts";

test("one no ends what has to hold, and one yes what may", () => {
  expect([both("yes", "yes"), both("yes", "undecided"), both("undecided", "no")]).toEqual(["yes", "undecided", "no"]);
  expect([either("no", "yes"), either("no", "undecided"), either("no", "no")]).toEqual(["yes", "undecided", "no"]);
});
