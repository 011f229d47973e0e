import { expect, test } from "vitest";
import { stateOf } from "./attestations.ts";

const migrated = { title: "Migrations ran", by: "dev@example.org", on: "2026-01-18", expires: "2026-12-31" };
const at = (text: string) => new Date(text);
const statesOf = (attestations: (typeof migrated)[], now: string) => stateOf({ attestations }, at(now)).map(({ state }) => state);

test("a word counts from the day on which it was given to the end of its last day, UTC", () => {
  expect(statesOf([migrated], "2026-01-17T23:59:59Z")).toEqual(["future-dated"]);
  expect(statesOf([migrated], "2026-01-18T00:00:00Z")).toEqual(["current"]);
  expect(statesOf([migrated], "2026-12-31T23:59:59Z")).toEqual(["current"]);
  expect(statesOf([migrated], "2027-01-01T00:00:00Z")).toEqual(["expired"]);
});

test("what a criterion names and nobody has given is absent", () => {
  const signOff = { criteria: [{ title: "Database", attestations: ["Migrations ran", "Backup was restored"] }] };
  expect(stateOf({ attestations: [migrated], signOff }, at("2026-11-20T10:00:00Z"))).toEqual([
    { ...migrated, evidence: null, state: "current" },
    { title: "Backup was restored", by: null, on: null, expires: null, evidence: null, state: "absent" },
  ]);
  expect(stateOf({}, at("2026-11-20T10:00:00Z"))).toEqual([]);
});

test("of one that was renewed, the word that counts is told; else the one that lasted longest", () => {
  const [renewed, next] = [
    { ...migrated, on: "2026-12-20", expires: "2027-12-31" },
    { ...migrated, on: "2027-12-20", expires: "2028-12-31" },
  ];
  const told = (now: string) => stateOf({ attestations: [migrated, renewed, next] }, at(now)).map(({ on, state }) => `${on} ${state}`);
  expect(told("2026-11-20T10:00:00Z")).toEqual(["2026-01-18 current"]);
  expect(told("2027-06-01T10:00:00Z")).toEqual(["2026-12-20 current"]);
  expect(told("2029-06-01T10:00:00Z")).toEqual(["2027-12-20 expired"]);
});
