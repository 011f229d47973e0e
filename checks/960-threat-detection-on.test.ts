import { expect, test } from "vitest";
import { type Change, inspect } from "../fixtures/inspect.ts";
import check from "./960-threat-detection-on.ts";

const asked = (change?: Change, denied: readonly string[] = []) => inspect(check, change, { scene: "sign-off", denied });

test("passes when a detector is enabled", async () => {
  expect(await asked()).toMatchObject([{ subject: "guardduty:detector", status: "pass", says: "is on" }]);
});

test("fails when there is none, and when it is suspended", async () => {
  expect(
    await asked(({ guardduty }) => {
      guardduty.detectors = [];
    }),
  ).toMatchObject([{ status: "fail", fix: { run: ["aws guardduty create-detector --region ap-southeast-2 --enable"] } }]);
  const suspended: Change = ({ guardduty }) => {
    for (const one of guardduty.detectors) Object.assign(one, { id: "d1", Status: "DISABLED" });
  };
  expect(await asked(suspended)).toMatchObject([
    {
      status: "fail",
      says: "is suspended",
      fix: { run: ["aws guardduty update-detector --region ap-southeast-2 --detector-id d1 --enable"] },
    },
  ]);
});

test("is not asked before a sign-off", async () => {
  expect(await inspect(check)).toEqual([]);
});

test("takes a refusal for ignorance and not for absence", async () => {
  for (const action of ["guardduty:ListDetectors", "guardduty:GetDetector"])
    expect(await asked(() => {}, [action])).toMatchObject([{ status: "unknown", because: { kind: "denied", action } }]);
});
