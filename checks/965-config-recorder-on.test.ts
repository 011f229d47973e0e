import { expect, test } from "vitest";
import { type Change, inspect } from "../fixtures/inspect.ts";
import check from "./965-config-recorder-on.ts";

const asked = (change?: Change, denied: readonly string[] = []) => inspect(check, change, { scene: "sign-off", denied });
const recorder =
  (more: object): Change =>
  ({ config }) => {
    for (const one of config.recorders) Object.assign(one, more);
  };

test("passes while it records and delivers", async () => {
  expect(await asked()).toMatchObject([{ subject: "aws-config:recorder", status: "pass", says: "records as default" }]);
});

test("fails when there is none, when it is stopped, and when it cannot deliver", async () => {
  expect(
    await asked(({ config }) => {
      config.recorders = [];
    }),
  ).toMatchObject([{ status: "fail", says: "does not exist in this region" }]);
  expect(await asked(recorder({ recording: false }))).toMatchObject([
    {
      says: "is stopped",
      fix: { run: ["aws configservice start-configuration-recorder --region ap-southeast-2 --configuration-recorder-name default"] },
    },
  ]);
  expect(await asked(recorder({ lastStatus: "Failure", lastErrorMessage: "no bucket" }))).toMatchObject([
    { status: "fail", says: "fails to deliver: no bucket" },
  ]);
});

test("is not asked before a sign-off", async () => {
  expect(await inspect(check)).toEqual([]);
});

test("a recorder that has not delivered yet records, and a state that nobody knows is unknown", async () => {
  expect(await asked(recorder({ lastStatus: "Pending" }))).toMatchObject([{ status: "pass" }]);
  expect(await asked(recorder({ lastStatus: "PAUSED" }))).toMatchObject([{ status: "unknown", because: { kind: "invalid" } }]);
  expect(await asked(() => {}, ["config:DescribeConfigurationRecorderStatus"])).toMatchObject([{ status: "unknown" }]);
});
