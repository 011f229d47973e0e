import { defineCheck, fail, pass, sh, skip } from "../src/check.ts";
import { configRecorders } from "../src/facts/config-recorders.ts";

export default defineCheck({
  title: "AWS Config records",
  why: "Without a record nobody can say who opened the door, nor when.",
  severity: { "sign-off": "advice" },
  about: configRecorders,
  none: skip("nothing was asked of AWS Config"),

  evaluate({ recorders }) {
    const [first] = recorders;
    const sound = recorders.find(({ recording, last }) => recording && last !== "FAILURE");
    if (sound) return pass(`records as ${sound.name}`, { recorders });
    if (first === undefined) {
      const fix = { do: "Set AWS Config up in this region.", run: ["aws configservice describe-configuration-recorders"] };
      return fail("does not exist in this region", { recorders }, fix);
    }
    const failing = recorders.find(({ recording }) => recording);
    if (failing) {
      const fix = {
        do: "Mend the recorder's role or its delivery channel.",
        run: ["aws configservice describe-delivery-channel-status"],
      };
      return fail(`fails to deliver: ${failing.error ?? "AWS does not say why"}`, { recorders }, fix);
    }
    const start = sh`aws configservice start-configuration-recorder --configuration-recorder-name ${first.name}`;
    return fail("is stopped", { recorders }, { do: "Start the recorder again.", run: [start] });
  },
});
