import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { currentVersion, minutesAgo, secret } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./260-secret-rotation-working.ts";

const name = "ohmycoins-prod-app-secrets";
const day = 24 * 60;

/** The secret is rotated, the next time in so many days. */
function rotated(world: World, days: number) {
  const one = secret(world, name);
  return Object.assign(one, {
    RotationEnabled: true,
    LastRotatedDate: minutesAgo(world, 5 * day),
    NextRotationDate: minutesAgo(world, -days * day),
  });
}

/** A version that a rotation has made and not yet finished, so many minutes ago. */
function unfinished(world: World, minutes: number) {
  const created = minutesAgo(world, minutes);
  rotated(world, 20).versions.push({ id: "v-pending", stages: ["AWSPENDING"], created, SecretString: "{}" });
  secret(world, name).LastChangedDate = created;
}

test("passes when the next rotation is to come", async () => {
  const found = await inspect(check, (world) => rotated(world, 20));
  expect(found).toMatchObject([{ status: "pass", says: "is rotated on time", evidence: { next: "2026-02-07T04:00:00.000Z" } }]);
});

test("fails when the date of the next rotation is past", async () => {
  const found = await inspect(check, (world) => rotated(world, -1));
  expect(found).toMatchObject([{ status: "fail", says: "should have been rotated by now, and was not" }]);
});

test("fails when a rotation began yesterday and never finished", async () => {
  const found = await inspect(check, (world) => unfinished(world, day));
  expect(found).toMatchObject([{ status: "fail", says: "has a stuck AWSPENDING version: a rotation began and never finished" }]);
  expect(found[0]?.fix?.run[0]).toContain("--version-stage AWSPENDING --remove-from-version-id v-pending");
});

test("is pending while a rotation is under way", async () => {
  expect(await inspect(check, (world) => unfinished(world, 5))).toMatchObject([{ status: "pending", says: "is being rotated" }]);
});

test("skips where the secret is not rotated", async () => {
  expect(await inspect(check)).toMatchObject([{ status: "skip", says: "is not rotated" }]);
});

test("is not fooled by AWSPENDING on the current version, which a finished rotation may leave there", async () => {
  const found = await inspect(check, (world) => {
    currentVersion(rotated(world, 20)).stages.push("AWSPENDING");
  });
  expect(found).toMatchObject([{ status: "pass" }]);
});
