import { blindnessOf } from "../../facts/alarm-settings.ts";
import type { Alarm } from "../../facts/alarm-types.ts";
import { alarms } from "../../facts/alarms.ts";
import { differing } from "../differing.ts";
import { present } from "../json.ts";
import { type Material, namesOf, notFound, oneOf, type Part, unread } from "../part.ts";

/** The alarms that watch the stack, with their settings. */
export function alarmsPart(material: Material): Part {
  const { config, meant } = material;
  const hinted = meant.hints.alarms.filter((name) => oneOf(material, alarms, name));
  const names = [...new Set([...namesOf(config.alarms), ...namesOf(meant.alarms), ...hinted])].sort();
  const written = names.map((name) => {
    const alarm = oneOf(material, alarms, name);
    const { value, remarks } = differing(alarm ? settingsOf(alarm) : null, meant.alarms[name]);
    const blind = alarm?.type === "metric" ? blindnessOf(alarm, {}) : null;
    return [
      name,
      { value, remarks: [...unread(material, alarms, name), ...remarks, ...(blind ? [`As it is deployed, it ${blind.says}.`] : [])] },
    ] as const;
  });
  return {
    key: "alarms",
    about: "The alarms that must be there, set so.",
    flat: true,
    value: written.length === 0 ? undefined : Object.fromEntries(written.map(([name, { value }]) => [name, value])),
    remarks: Object.fromEntries(written.map(([name, { remarks }]) => [name, remarks])),
    notes: [
      ...notFound(material, "alarms"),
      ...(written.length === 0 && !material.unfound.alarms ? ["No alarm was found that watches this stack."] : []),
    ],
  };
}

function settingsOf(alarm: Alarm) {
  if (alarm.type === "composite") return {};
  const { watches, comparison, threshold, evaluationPeriods, computed } = alarm;
  const [watched] = watches;
  // What makes an alarm blind is not written down as if it were meant.
  const sees = blindnessOf(alarm, {}) === null;
  const own = computed || watches.length > 1 ? undefined : watched;
  return present({
    namespace: own?.namespace,
    metric: own?.metric,
    statistic: sees ? own?.statistic : undefined,
    comparison: sees && comparison !== "band" ? comparison : undefined,
    threshold: comparison === "band" ? undefined : threshold,
    period: own?.period,
    evaluationPeriods,
  });
}
