import { defineCheck, fail, pass, presence, sh, skip } from "../src/check.ts";
import { alarms } from "../src/facts/alarms.ts";

export default defineCheck({
  title: "Every configured alarm exists",
  why: "What nobody watches breaks at night and is found by users in the morning.",
  severity: "blocker",
  about: presence(alarms),
  none: skip("the configuration names no alarm"),

  evaluate(alarm, _facts, { name }) {
    if (alarm.state === "known") {
      const { type, state, arn } = alarm.value;
      return pass("exists", { type, state, arn });
    }
    return fail(
      "does not exist",
      { answer: alarm.why },
      {
        do: "Create the alarm, or correct its name in the configuration.",
        run: [sh`aws cloudwatch describe-alarms --alarm-name-prefix ${beginning(name)} --alarm-types MetricAlarm CompositeAlarm`],
      },
    );
  },
});

/** All but the last word of a name: what its neighbours probably begin with. */
const beginning = (name: string) => name.split("-").slice(0, -1).join("-") || name;
