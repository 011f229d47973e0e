import { expect, test } from "vitest";
import { check, finding, reportOf, story } from "../../../test/cli/reports.ts";
import { told } from "./words.ts";
import { isOpen, worstFirst } from "./worst-first.ts";

test("blockers come first, what fails before what is open, then what is waived, and what is well last", () => {
  const order = worstFirst(told(story())).map(({ status, check: { severity }, waiver }) => `${status} ${waiver ? "waived" : severity}`);
  const warnings = ["fail warning", "unknown warning", "fail waived"];
  expect(order).toEqual(["fail blocker", "fail blocker", "pending blocker", ...warnings, "pass blocker", "skip blocker"]);
});

test("what explains others comes before them, wherever it stands in the countdown", () => {
  const cause = finding("targets-healthy", "target-group:web", { status: "fail" });
  const follows = finding("service-steady", "service:web", { status: "fail", explainedBy: cause.id });
  const report = reportOf([check(520, "service-steady", [follows]), check(640, "targets-healthy", [cause])]);
  expect(worstFirst(told(report)).map(({ id }) => id)).toEqual([cause.id, follows.id]);
});

test("what asks for something is what fails, is not known or is moving", () => {
  expect((["pass", "fail", "pending", "unknown", "skip"] as const).filter((status) => isOpen({ status }))).toEqual([
    "fail",
    "pending",
    "unknown",
  ]);
});
