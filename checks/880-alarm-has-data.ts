import { defineCheck, fail, pass, pending, sh, skip } from "../src/check.ts";
import type { MetricAlarm, Watched } from "../src/facts/alarm-types.ts";
import { alarms } from "../src/facts/alarms.ts";
import { dimensionOf, onlyOnEvents } from "../src/facts/metrics.ts";
import { type Service, services } from "../src/facts/services.ts";

export default defineCheck({
  title: "Every alarm has data",
  why: "An alarm without data cannot tell a quiet night from an outage.",
  severity: "advice",
  about: alarms,
  needs: [services],
  none: skip("the configuration names no alarm"),

  evaluate(alarm, facts, { name, now }) {
    const { state, since, reason } = alarm;
    if (state !== "INSUFFICIENT_DATA") return pass("has data", { state });
    if (alarm.type === "metric" && alarm.watches.length > 0 && alarm.watches.every(onlyOnEvents))
      return skip("has no data, as its metric comes only when something happens");
    const all = facts.services.all();
    const named = alarm.type === "metric" ? all.filter((service) => alarm.watches.some((one) => isAbout(one, service))) : [];
    const behind = named.length > 0 ? named : all;
    if (behind.length > 0 && behind.every(({ desired }) => desired === 0)) return skip("has no data while what it watches is at rest");

    const evidence = { state, since, reason };
    if (alarm.type === "metric" && since !== null && now.getTime() - Date.parse(since) < patience(alarm))
      return pending("has no data yet", evidence);
    return fail("has no data", evidence, {
      do: "Find out whether the metric still exists under the alarm's dimensions.",
      run: [sh`aws cloudwatch describe-alarms --alarm-names ${name} --alarm-types MetricAlarm CompositeAlarm`],
    });
  },
});

/** Milliseconds that it takes an alarm to gather its data, and a little more for the data to arrive. */
const patience = ({ watches, evaluationPeriods }: MetricAlarm) =>
  1000 * (120 + (evaluationPeriods ?? 1) * Math.max(60, ...watches.map(({ period }) => period)));

const isAbout = ({ dimensions }: Watched, { name, attachments }: Service) =>
  dimensions["ServiceName"] === name || attachments.some(({ targetGroup }) => dimensions["TargetGroup"] === dimensionOf(targetGroup));
