import { defineFact, given, known, oneOf, type Reading } from "../fact.ts";

/** A detector of GuardDuty. */
export type Detector = { readonly id: string; readonly enabled: boolean };

/** What GuardDuty has in the region: one detector, or none. */
export const threatDetection = defineFact("threatDetection", {
  kind: "guardduty",
  calls: ["guardduty:ListDetectors", "guardduty:GetDetector"],

  subjects: () => ["detector"],

  async ask({ aws }) {
    const { DetectorIds } = await aws.guardduty.ListDetectors({});
    const ids = given(DetectorIds, "DetectorIds");
    return Promise.all(ids.map(async (id) => ({ id, ...(await aws.guardduty.GetDetector({ DetectorId: id })) })));
  },

  read: (detectors): Reading<{ readonly detectors: readonly Detector[] }> =>
    known({ detectors: detectors.map(({ id, Status }) => ({ id, enabled: oneOf(Status, ["ENABLED", "DISABLED"]) === "ENABLED" })) }),

  resources: (_config, arn) => ({ "guardduty:GetDetector": [arn("guardduty", "detector/*")] }),
});
