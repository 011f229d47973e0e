import { expect, test } from "vitest";
import { type Explainable, explain, rootOf } from "./causes.ts";
import type { Link } from "./fact.ts";

const links: Link[] = [
  ["group", "service"],
  ["service", "secret"],
  ["service", "tag"],
  ["secret", "key"],
  ["key", "secret"],
  ["setting", "secret"],
];
const failing = (...subjects: string[]): Explainable[] =>
  subjects.map((subject) => ({ id: subject, subject, status: "fail", breaks: subject !== "tag", symptom: subject !== "setting" }));
const roots = (...subjects: string[]) => {
  const explainedBy = explain(failing(...subjects), links);
  return [...new Set(subjects.map((subject) => rootOf(subject, explainedBy)))];
};

test.each([
  ["a chain of failures has one root", ["group", "service", "secret"], ["secret"]],
  ["a link that did not fail is stepped over", ["group", "secret"], ["secret"]],
  ["independent failures are roots each", ["group", "alarm"], ["group", "alarm"]],
  ["what breaks nothing explains nothing", ["service", "tag"], ["service", "tag"]],
  ["only symptoms are explained", ["setting", "secret"], ["setting", "secret"]],
  ["a circle keeps one root", ["secret", "key"], ["key"]],
])("%s", (_, subjects, expected) => {
  expect(roots(...subjects)).toEqual(expected);
});

test("what is held up is explained as well, by a failure before all else, and explains no failure", () => {
  const pending = (subject: string): Explainable => ({ id: subject, subject, status: "pending", breaks: true, symptom: true });
  expect(explain([pending("group"), ...failing("secret")], links)).toEqual(new Map([["group", "secret"]]));
  expect(explain([pending("group"), pending("service"), ...failing("secret")], links).get("group")).toBe("secret");
  expect(explain([pending("group"), pending("service")], links)).toEqual(new Map([["group", "service"]]));
  expect(explain([...failing("group"), pending("service")], links)).toEqual(new Map());
});
