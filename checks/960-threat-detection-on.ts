import { defineCheck, fail, pass, sh, skip } from "../src/check.ts";
import { threatDetection } from "../src/facts/threat-detection.ts";

export default defineCheck({
  title: "GuardDuty is on",
  why: "Stolen credentials are used for weeks where nobody looks.",
  severity: { "sign-off": "advice" },
  about: threatDetection,
  none: skip("nothing was asked of GuardDuty"),

  evaluate({ detectors }) {
    const [first] = detectors;
    if (detectors.some(({ enabled }) => enabled)) return pass("is on", { detectors });
    if (first === undefined)
      return fail(
        "does not exist in this region",
        { detectors },
        { do: "Turn GuardDuty on.", run: ["aws guardduty create-detector --enable"] },
      );
    const resume = sh`aws guardduty update-detector --detector-id ${first.id} --enable`;
    return fail("is suspended", { detectors }, { do: "Turn GuardDuty on again.", run: [resume] });
  },
});
