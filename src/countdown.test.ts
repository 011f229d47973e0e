import { expect, test } from "vitest";
import { type Check, defineCheck, type NamedCheck, pass, presence, skip } from "./check.ts";
import { plan, type Selection } from "./countdown.ts";
import { defineFact, known } from "./fact.ts";

const fact = (id: string, needs: Parameters<typeof defineFact>[1]["needs"] = []) =>
  defineFact(id, { kind: id, calls: [], needs, subjects: () => [], ask: async () => null, read: () => known(1) });
const [secret, alarm] = [fact("secret"), fact("alarm")];
const value = fact("value", [secret]);

const check = (order: number, id: string, about: Parameters<typeof defineCheck>[0]["about"], more: Partial<Check> = {}): NamedCheck => ({
  ...defineCheck({ title: "t", why: "w", severity: "blocker", none: skip("none"), about, evaluate: () => pass("is", { a: 1 }) }),
  ...{ id, order, ...more },
});
const checks = [
  check(110, "account-expected", fact("caller"), { first: true }),
  check(210, "secret-exists", presence(secret)),
  check(230, "secret-keys-present", value),
  check(810, "alarm-exists", presence(alarm)),
  check(880, "alarm-has-data", alarm, { severity: { "post-deploy": "advice" } }),
];
const asked = (selection: Partial<Selection>) =>
  plan(checks, { scene: "post-deploy", severity: {}, ...selection }).checks.map(({ id }) => id);

test("a scene asks only the checks that have a severity in it", () => {
  expect(asked({})).toEqual(checks.map(({ id }) => id));
  expect(asked({ scene: "sign-off" })).not.toContain("alarm-has-data");
});

test.each([
  [["secret-keys-present"], ["account-expected", "secret-exists", "secret-keys-present"]],
  [["230"], ["account-expected", "secret-exists", "secret-keys-present"]],
  [["8xx"], ["account-expected", "alarm-exists", "alarm-has-data"]],
  [["880"], ["account-expected", "alarm-exists", "alarm-has-data"]],
  [["nothing"], []],
])("only %s asks what faces absence for it too, and what comes first", (only, expected) => {
  expect(asked({ only })).toEqual(expected);
});

test("what was left out is said", () => {
  expect(asked({ skip: ["8xx"] })).toEqual(["account-expected", "secret-exists", "secret-keys-present"]);
  expect(plan(checks, { scene: "post-deploy", severity: {}, skip: ["8xx"] }).notAsked).toEqual(["alarm-exists", "alarm-has-data"]);
});

test("what a check weighs can be stated, in all scenes or in one", () => {
  const weight = (severity: Selection["severity"]) =>
    plan(checks, { scene: "post-deploy", severity }).checks.find(({ id }) => id === "alarm-has-data")?.severity;
  expect(weight({ "alarm-has-data": "warning" })).toBe("warning");
  expect(weight({ "alarm-has-data": { "post-deploy": "blocker" } })).toBe("blocker");
  expect(weight({ "alarm-has-data": { "sign-off": "blocker" } })).toBe("advice");
});
