import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { threatDetection } from "./threat-detection.ts";

test("reads whether the region's detector is enabled, and that there is none", async () => {
  const { readings } = await reading(threatDetection);
  expect(readings["detector"]).toMatchObject({ state: "known", value: { detectors: [{ enabled: true }] } });
  const none = await reading(threatDetection, ({ guardduty }) => {
    guardduty.detectors = [];
  });
  expect(none.readings["detector"]).toMatchObject({ state: "known", value: { detectors: [] } });
});
