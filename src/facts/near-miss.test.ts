import { expect, test } from "vitest";
import { nearMiss } from "./near-miss.ts";

test.each([
  ["POSTGRES_PASSWORD", ["SECRET_KEY", "postgres_password"], "postgres_password"],
  ["POSTGRES_PASSWORD", ["POSTGRES_PASSWORD "], "POSTGRES_PASSWORD "],
  ["POSTGRES_PASSWORD", ["POSTGRES-PASSWORD"], "POSTGRES-PASSWORD"],
  ["POSTGRES_PASSWORD", ["\uFEFFPOSTGRES_PASSWORD"], "\uFEFFPOSTGRES_PASSWORD"],
  ["postgresPassword", ["POSTGRES_PASSWORD"], "POSTGRES_PASSWORD"],
  ["POSTGRES_PASSWORD", ["POSTGRES_PASSWORD_OLD", "PASSWORD", ""], undefined],
  ["SCHLÜSSEL", ["SCHLUSSEL", "schlüssel"], "schlüssel"],
  ["_", ["-", " "], undefined],
])("for %s, out of %j, %s was meant", (wanted, names, meant) => {
  expect(nearMiss(wanted, names)).toBe(meant);
});
