import { afterwards, defineCheck, type Finding, fail, on, pass, pending, sh, skip } from "../src/check.ts";
import { type Alarm, scalesOnly } from "../src/facts/alarm-types.ts";
import { alarms } from "../src/facts/alarms.ts";
import { primaryOf, type Service, services } from "../src/facts/services.ts";

export default defineCheck({
  title: "No alarm is sounding",
  why: "A deployment that is signed off while an alarm sounds teaches everybody to ignore alarms.",
  severity: { "pre-scale-up": "warning", "post-deploy": "blocker", "sign-off": "warning" },
  about: alarms,
  needs: [services],
  symptom: "running",
  none: skip("the configuration names no alarm"),

  evaluate(alarm, facts, { name, scene }) {
    const { state, since, reason } = alarm;
    if (state !== "ALARM") return pass("is not in ALARM", { state, since });
    if (scalesOnly(alarm)) return skip("is in ALARM to scale the service, which is no trouble");

    const evidence = { state, since, reason };
    const says = `is in ALARM${since === null ? "" : ` since ${since}`}`;
    const here = (finding: Finding) => (overall(alarm) ? on(`alarm:${name}`, finding, behind(facts.services.all())) : finding);
    if (scene === "post-deploy") {
      const begun = facts.services.all().flatMap((service) => primaryOf(service)?.createdAt ?? []);
      const newest = begun.toSorted().at(-1);
      // The deployment may be its mend: whether it is, shows when the alarm ends.
      if (since !== null && newest !== undefined && since < newest)
        return here(afterwards(pending(`${says}, before this deployment began`, { ...evidence, deployed: newest })));
    }
    const history = sh`aws cloudwatch describe-alarm-history --alarm-name ${name} --history-item-type StateUpdate --max-records 5`;
    return here(fail(says, evidence, { do: "Find what the alarm is about, and mend that.", run: [history] }));
  },
});

/** Whether it counts over all targets of a load balancer, so that any service may have set it off. */
const overall = (alarm: Alarm) =>
  alarm.type === "metric" && alarm.watches.some(({ dimensions }) => dimensions["LoadBalancer"] && !dimensions["TargetGroup"]);

const behind = (all: readonly Service[]) => all.filter(({ attachments }) => attachments.length > 0).map(({ name }) => `traffic:${name}`);
