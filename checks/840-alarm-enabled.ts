import { defineCheck, fail, pass, sh, skip } from "../src/check.ts";
import { speakersFor } from "../src/facts/alarm-types.ts";
import { alarms } from "../src/facts/alarms.ts";
import { muteRules } from "../src/facts/mute-rules.ts";

export default defineCheck({
  title: "Every alarm may speak",
  why: "An alarm that was silenced for one night's maintenance is silent on the night it is needed.",
  severity: { "pre-scale-up": "warning", "post-deploy": "warning", "sign-off": "blocker" },
  about: alarms,
  needs: [alarms, muteRules],
  none: skip("the configuration names no alarm"),

  evaluate(alarm, facts, { name }) {
    if (!alarm.enabled) {
      const speakers = speakersFor(alarm, facts.alarms.all()).map((one) => one.name);
      if (speakers.length > 0) return pass(`leaves it to ${speakers.join(" and ")} to speak`, { actionsEnabled: false, speakers });
      return fail(
        "has its actions disabled",
        { actionsEnabled: false },
        { do: "Enable the alarm's actions.", run: [sh`aws cloudwatch enable-alarm-actions --alarm-names ${name}`] },
      );
    }
    if (alarm.type === "composite" && alarm.suppressor?.state === "ALARM") {
      const { suppressor } = alarm;
      return fail(
        `is suppressed by ${suppressor.name}, which is in ALARM`,
        { suppressor },
        {
          do: "End what the suppressor stands for, or take it off the alarm.",
          run: [sh`aws cloudwatch describe-alarms --alarm-names ${suppressor.name} --alarm-types MetricAlarm CompositeAlarm`],
        },
      );
    }
    const mute = facts.muteRules.get("active").rules.find((rule) => rule.alarms.includes(name));
    if (mute) {
      return fail(
        `is muted by the rule ${mute.name}`,
        { rule: mute.name, until: mute.until },
        {
          do: "Wait until the mute rule ends, or delete it.",
          run: [sh`aws cloudwatch delete-alarm-mute-rule --alarm-mute-rule-name ${mute.name}`],
        },
      );
    }
    return pass("may speak", { actionsEnabled: true, mutedBy: null, suppressor: alarm.type === "composite" ? alarm.suppressor : null });
  },
});
