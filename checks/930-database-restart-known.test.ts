import { expect, test } from "vitest";
import { atRest } from "../fixtures/at-rest.ts";
import { inspect } from "../fixtures/inspect.ts";
import { database, postgres, stopDatabase } from "../fixtures/stores.ts";
import { rest } from "../fixtures/verbs.ts";
import check from "./930-database-restart-known.ts";

const subject = `database:${postgres}`;
const day = 24 * 60;
const scene = "pre-scale-up";

test("passes while it is days away, and says when", async () => {
  expect(await inspect(check, atRest, { scene })).toMatchObject([
    { subject, status: "pass", says: "is stopped, and AWS will start it at 2026-01-25T02:40:00.000Z, in 6 days" },
  ]);
});

test("fails on the last day", async () => {
  for (const scene of ["pre-scale-up", "sign-off"] as const)
    expect(await inspect(check, (world) => stopDatabase(world, 7 * day - 300), { scene })).toMatchObject([
      {
        subject,
        status: "fail",
        says: "is stopped, and AWS will start it at 2026-01-18T09:00:00.000Z, within 6 hours",
        fix: { run: [expect.stringMatching(/rds wait/), expect.stringMatching(/rds stop-db-instance/)] },
      },
    ]);
});

test("skips a database that is not stopped", async () => {
  expect(await inspect(check, rest, { scene })).toMatchObject([{ subject, status: "skip", says: "is not stopped" }]);
});

test("makes up no time where AWS tells none, and is not fooled by one of earlier days", async () => {
  const untold = await inspect(
    check,
    (world) => {
      stopDatabase(world);
      delete database(world).AutomaticRestartTime;
    },
    { scene },
  );
  expect(untold).toMatchObject([{ status: "skip", says: expect.stringContaining("does not tell") }]);
  const running = await inspect(
    check,
    (world) => {
      stopDatabase(world, 7 * day);
      database(world).DBInstanceStatus = "available";
    },
    { scene },
  );
  expect(running).toMatchObject([{ status: "skip" }]);
});
