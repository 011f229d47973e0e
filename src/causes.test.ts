import { describe, expect, test } from "vitest";
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
const finding = (subject: string, more: Partial<Explainable> = {}): Explainable => ({
  ...{ id: subject, check: "check", subject, status: "fail", says: "", cause: null, breaks: true, symptom: true },
  ...more,
});
const failing = (...subjects: string[]) =>
  subjects.map((subject) => finding(subject, { breaks: subject !== "tag", symptom: subject !== "setting" }));
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
  const pending = (subject: string) => finding(subject, { status: "pending" });
  expect(explain([pending("group"), ...failing("secret")], links)).toEqual(new Map([["group", "secret"]]));
  expect(explain([pending("group"), pending("service"), ...failing("secret")], links).get("group")).toBe("secret");
  expect(explain([pending("group"), pending("service")], links)).toEqual(new Map([["group", "service"]]));
  expect(explain([...failing("group"), pending("service")], links)).toEqual(new Map());
});

test("of two that can have led to it, the one that its words name explains it, though the other is nearer", () => {
  const below: Link[] = [
    ["tasks:web", "image:app"],
    ["image:app", "secret:app-secrets"],
  ];
  const both = [finding("image:app"), finding("secret:app-secrets")];
  const died = (says: string) => explain([finding("tasks:web", { says }), ...both], below).get("tasks:web");
  expect(died("died once")).toBe("image:app");
  expect(died("died once: it did not get arn:aws:secretsmanager:eu-west-1:1:secret:app-secrets-AbCdEf")).toBe("secret:app-secrets");
});

describe("explains nothing that it cannot have led to:", () => {
  const death = (cause: string | null) => finding("tasks:web", { cause });
  const keyLost = finding("secret:app-secrets", { check: "keys", breaks: "starting" });
  const imageLost = finding("image:app", { breaks: "starting" });
  const stopped = finding("database:main");

  test.each([
    ["a lost key, a task that says so", keyLost, death("secret-json-key-missing"), true],
    ["a lost image, a task that lacks a key", imageLost, death("secret-json-key-missing"), false],
    ["a lost key, a task that nobody has words for", keyLost, death(null), true],
    ["a lost key, a task that started and crashed", keyLost, death("app-crash-exit"), false],
    ["a stopped database, a task that started and crashed", stopped, death("app-crash-exit"), true],
    ["a stopped database, a task that lacks a key", stopped, death("secret-json-key-missing"), false],
    ["a stopped database, a task that ran out of memory", stopped, death("container-oom"), false],
    ["a lost image, an answer of tasks that run", imageLost, finding("endpoint:api", { symptom: "running" }), false],
    ["tasks that die, an answer of tasks that run", death(null), finding("endpoint:api", { symptom: "running" }), true],
    ["a stopped database, what only another check leads to", stopped, finding("group", { symptom: ["keys"] }), false],
    ["the one check that leads to it", { ...keyLost, breaks: false as const }, finding("group", { symptom: ["keys"] }), true],
  ])("%s", (_, cause, symptom, explained) => {
    expect(explain([symptom, cause], [[symptom.subject, cause.subject]]).has(symptom.id)).toBe(explained);
  });
});
