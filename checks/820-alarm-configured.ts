import { defineCheck, fail, pass, sh, skip } from "../src/check.ts";
import { blindnessOf, differencesOf, type Redefinition, redefinitionFor } from "../src/facts/alarm-settings.ts";
import { type MetricAlarm, redefinition } from "../src/facts/alarm-types.ts";
import { alarms } from "../src/facts/alarms.ts";

export default defineCheck({
  title: "Every alarm is set as configured",
  why: "An alarm with another threshold than the team agreed on wakes people for nothing, or lets them sleep through an outage.",
  severity: { "pre-scale-up": "warning", "post-deploy": "warning", "sign-off": "blocker" },
  about: alarms,
  none: skip("the configuration names no alarm"),

  evaluate(alarm, _facts, { name, config }) {
    const stated = config.alarms[name] ?? {};
    if (alarm.type === "composite") {
      if (Object.keys(stated).length > 0) return skip("is made of other alarms and has no metric of its own to compare");
      return pass("is made of other alarms, and nothing else is configured", { rule: alarm.rule });
    }
    if (alarm.computed && alarm.watches.length === 0) return skip("watches a query, which the configuration cannot state");

    const { watches, comparison, threshold, evaluationPeriods } = alarm;
    const evidence = { watches, comparison, threshold, evaluationPeriods };
    const differences = differencesOf(alarm, stated);
    if (differences.length > 0) {
      const says = differences
        .map(({ what, is, configured }) => `${what} ${is ?? "none"} where ${configured} is configured`)
        .join(", and ");
      const configured = Object.fromEntries(differences.map((one) => [one.what, one.configured]));
      const values = differences.map(({ what, configured }) => `${what} ${configured}`).join(", ");
      const todo = `Set ${values} where the alarm is defined, or correct the configuration.`;
      return fail(`has ${says}`, { ...evidence, configured }, { do: todo, run: [put(alarm, redefinitionFor(alarm, differences))] });
    }
    const blind = blindnessOf(alarm, stated);
    if (blind) return fail(blind.says, evidence, { do: blind.remedy, run: [put(alarm, blind.change)] });
    return pass("is set as configured", evidence);
  },
});

function put(alarm: MetricAlarm, change: Redefinition | null): string {
  if (change === null) return sh`aws cloudwatch describe-alarms --alarm-names ${alarm.name}`;
  const [command, input] = redefinition(alarm, change);
  return sh`aws cloudwatch ${command} --cli-input-json ${input}`;
}
