import type { Alarm } from "../../facts/alarm-types.ts";
import { told } from "../text/words.ts";
import { readingsOf, type Stand } from "./readings.ts";

/** Whom an alarm reaches when it goes off; null where that is not known. `why` is for whom it reaches nobody. */
export type Heard = { readonly by: readonly string[] | null; readonly why: string };

/** Tells whom alarms reach, each by its own actions or by those of a composite alarm over it. */
export function hearingOf(stand: Stand): (alarm: Alarm) => Heard {
  const all = readingsOf(stand, "alarms").known.map(({ value }) => value);
  const muted = readingsOf(stand, "muteRules");
  const rules = muted.known.flatMap(({ value }) => value.rules);
  const topic = topicsOf(stand);

  const own = (alarm: Alarm): Heard => {
    if (alarm.actions.length === 0) return { by: [], why: "it has no action" };
    if (!alarm.enabled) return { by: [], why: "its actions are disabled" };
    if (alarm.type === "composite" && alarm.suppressor?.state === "ALARM") return { by: [], why: `${alarm.suppressor.name} suppresses it` };
    const rule = rules.find(({ alarms }) => alarms.includes(alarm.name));
    if (rule) return { by: [], why: `the mute rule ${rule.name} silences it` };
    if (muted.unknown.length > 0) return { by: null, why: "it is not known whether it is muted" };
    return joined(alarm.actions.map((action) => (isTopic(action) ? topic(action) : otherwise(action))));
  };

  return (alarm) => {
    const over = all.filter((one) => one.type === "composite" && one.children.includes(alarm.name));
    return joined([own(alarm), ...over.map(own)]);
  };
}

/** Somebody is enough; where there is nobody, one that is not known leaves it open. */
function joined(all: readonly Heard[]): Heard {
  const by = [...new Set(all.flatMap((one) => one.by ?? []))];
  if (by.length > 0) return { by, why: "" };
  return all.find((one) => one.by === null) ?? { by: [], why: all.map(({ why }) => why)[0] ?? "it has no action" };
}

const isTopic = (action: string) => /^arn:[\w-]+:sns:/.test(action);
const nameOf = (arn: string) => arn.split(":").at(-1) ?? arn;

/** What is no topic reaches people only where it neither scales nor acts upon an instance. */
function otherwise(action: string): Heard {
  const service = action.split(":")[2] ?? action;
  if (/^(autoscaling|automate|ec2|swf)$/.test(service)) return { by: [], why: "it has no action that notifies anybody" };
  return { by: [`${service} ${nameOf(action)}`], why: "" };
}

/** Whom a topic reaches: its confirmed subscriptions, unless the countdown found a fault with it. */
function topicsOf(stand: Stand): (arn: string) => Heard {
  const subscriptions = readingsOf(stand, "subscriptions");
  const faults = told(stand.report).filter(({ status }) => status === "fail" || status === "unknown");
  return (arn) => {
    const name = nameOf(arn);
    const fault = faults.find(({ subject }) => subject === `topic:${name}` || subject === `topic:${arn}`);
    if (fault?.status === "fail") return { by: [], why: `the topic ${name} ${fault.says}` };
    const found = subscriptions.find(arn);
    if (found === undefined || fault) return { by: null, why: `it is not known whom the topic ${name} reaches` };
    const confirmed = (found?.all ?? []).filter(({ status }) => status === "confirmed");
    const by = confirmed.map(({ protocol, endpoint }) => (endpoint === null ? protocol : `${protocol} ${endpoint}`));
    return by.length > 0
      ? { by: by.map((one) => `${one} (${name})`), why: "" }
      : { by: [], why: `nobody is subscribed to the topic ${name}` };
  };
}
