import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { configRecorders } from "./config-recorders.ts";

test("reads whether it records and how its last delivery went, in whichever letters AWS says it", async () => {
  const { readings } = await reading(configRecorders);
  const value = { recorders: [{ name: "default", recording: true, last: "SUCCESS", error: null }] };
  expect(readings["recorder"]).toMatchObject({ state: "known", value });
  const loud = await reading(configRecorders, ({ config }) => {
    for (const one of config.recorders) Object.assign(one, { lastStatus: "SUCCESS" });
  });
  expect(loud.readings["recorder"]).toMatchObject({ state: "known", value });
});

test("what does not say whether it records is unknown", async () => {
  const { readings } = await reading(configRecorders, ({ config }) => {
    for (const one of config.recorders) delete one.recording;
  });
  expect(readings["recorder"]).toMatchObject({ state: "unknown", kind: "invalid", why: "AWS sent no recording" });
});
