import { expect, test } from "vitest";
import { beginsWith, suffices } from "./versions.ts";

test.each([
  ["17.2", "17.2", "postgres", true],
  ["17.4", "17.2", "postgres", true],
  ["17.10", "17.2", "postgres", true],
  ["17.2", "17", "postgres", true],
  ["17", "17.0", "postgres", true],
  ["17.1", "17.2", "postgres", false],
  ["18.0", "17.2", "postgres", false],
  ["16.9", "17.2", "postgres", false],
  ["9.5.25", "9.6.1", "postgres", false],
  ["9.6.24", "9.6.1", "postgres", true],
  ["16.6-R2", "16.6", "postgres", true],
  ["16.6", "16.4", "aurora-postgresql", true],
  ["8.0.41", "8.0.35", "mysql", true],
  ["8.4.3", "8.0.35", "mysql", false],
  ["8.4.3", "8", "mysql", true],
  ["10.11.6", "10.6.20", "mariadb", false],
  ["8.0.mysql_aurora.3.08.0", "8.0.mysql_aurora.3.04.0", "aurora-mysql", true],
  ["8.0.mysql_aurora.3.02.0", "8.0.mysql_aurora.3.04.0", "aurora-mysql", false],
  ["5.7.mysql_aurora.2.12.0", "8.0.mysql_aurora.3.04.0", "aurora-mysql", false],
  ["8.0.mysql_aurora.3.04.0", "8.0", "aurora-mysql", true],
  ["19.0.0.0.ru-2024-07.rur-2024-07.r1", "19", "oracle-se2", true],
  ["15.00.4345.5.v1", "15.00.4236.7.v1", "sqlserver-se", true],
])("%s for %s of %s: %s", (actual, stated, engine, answer) => {
  expect(suffices(actual, stated, engine)).toBe(answer);
});

test("a version begins with another by whole numbers", () => {
  expect(beginsWith("7.0.7", "7.0")).toBe(true);
  expect(beginsWith("7.0.7", "7")).toBe(true);
  expect(beginsWith("7.0", "7.0")).toBe(true);
  expect(beginsWith("7.1.0", "7.0")).toBe(false);
  expect(beginsWith("7.01", "7.0")).toBe(false);
  expect(beginsWith("70.1", "7")).toBe(false);
});
