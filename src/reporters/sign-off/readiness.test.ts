import { expect, test } from "vitest";
import { atRest } from "../../../fixtures/at-rest.ts";
import type { Incident } from "../../../fixtures/incident.ts";
import silent from "../../../fixtures/incidents/alarms-notify-nobody.ts";
import { play } from "../../../fixtures/play.ts";
import type { Report } from "../../report.ts";
import { readinessOf } from "./readiness.ts";
import { standOf } from "./readings.ts";

async function ready(story: Partial<Incident>, rest: Partial<Report> = {}) {
  const { report, snapshot } = await play(story, { scene: "sign-off" });
  return readinessOf(standOf({ ...report, ...rest }, snapshot));
}

test("a GO is ready, and a NO-GO is not, with the number of its causes", async () => {
  expect(await ready({})).toMatchObject({ answer: "YES", says: "ohmycoins-prod is fit to carry traffic." });
  expect(await ready(silent)).toMatchObject({
    answer: "NO",
    says: "ohmycoins-prod is not fit to carry traffic: 9 blocking questions are answered with no, from 1 root cause.",
  });
});

test("what is at rest is ready on a condition, and says what could not be seen", async () => {
  const { answer, says } = await ready({ change: atRest });
  expect(answer).toBe("YES");
  expect(says).toMatch(/once it is scaled up and the gate says GO\. It is at rest now: \d+ blocking questions do not apply until then\.$/);
});

test("the trap: a HOLD, an interrupted run and a narrowed one are not known", async () => {
  expect(await ready({ denied: ["ecs:DescribeServices"] })).toMatchObject({ answer: "NOT KNOWN" });
  expect(await ready({}, { interrupted: true })).toMatchObject({ answer: "NOT KNOWN" });
  expect(await ready({}, { notAsked: ["alarm-quiet"] })).toMatchObject({
    answer: "NOT KNOWN",
    says: "What was asked is GO, but 1 check was left out: alarm-quiet.",
  });
});
