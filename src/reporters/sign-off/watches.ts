import type { Alarm } from "../../facts/alarm-types.ts";
import { counted } from "../text/words.ts";
import { and, type Tone } from "./blocks.ts";
import { componentsBy } from "./components.ts";
import { type Heard, hearingOf } from "./hearing.ts";
import { readingsOf, type Stand } from "./readings.ts";

/** An alarm as a sign-off shows it; `alarm` is null where there is none of that name, undefined where that is not known. */
export interface Watch {
  readonly name: string;
  readonly alarm: Alarm | null | undefined;
  readonly components: readonly string[];
  readonly heard: Heard;
}

/** The alarms that the configuration names, what each watches, and whom it reaches. */
export function watchesOf(stand: Stand): readonly Watch[] {
  const { find } = readingsOf(stand, "alarms");
  const [components, hearing] = [componentsBy(stand), hearingOf(stand)];
  const watchedBy = (name: string, depth = 0): readonly string[] => {
    const alarm = find(name);
    if (alarm?.type === "metric") return alarm.watches.flatMap(({ dimensions }) => components(dimensions));
    // A rule may name alarms over alarms, and they each other.
    return depth > 3 ? [] : (alarm?.children ?? []).flatMap((child) => watchedBy(child, depth + 1));
  };
  return Object.keys(stand.config.alarms).map((name) => {
    const alarm = find(name);
    if (alarm) return { name, alarm, components: [...new Set(watchedBy(name))], heard: hearing(alarm) };
    const heard = alarm === null ? { by: [], why: "it does not exist" } : { by: null, why: "it is not known whether it exists" };
    return { name, alarm, components: [], heard };
  });
}

/** How many alarms there are and how many reach somebody, in one sentence. */
export function alarmsInShort(stand: Stand): { readonly says: string; readonly tone: Tone } {
  const watches = watchesOf(stand);
  if (watches.length === 0) return { says: "No alarm watches the stack: the configuration names none.", tone: "open" };
  const there = watches.filter(({ alarm }) => alarm);
  const unknown = watches.filter(({ heard }) => heard.by === null).length;
  const silent = there.filter(({ heard }) => heard.by?.length === 0).length;
  const gone = watches.filter(({ alarm }) => alarm === null).length;
  const rest = [
    ...(gone > 0 ? [`${gone} more that ${gone === 1 ? "is" : "are"} configured ${gone === 1 ? "does" : "do"} not exist`] : []),
    ...(unknown > 0 ? [`of ${unknown} it is not known whom they reach`] : []),
  ];
  const alarms = `${counted(there.length, "alarm watches", "alarms watch")} the stack`;
  const reach =
    silent === 0
      ? ""
      : silent === there.length
        ? ", none notifies anybody"
        : `, ${silent} of them ${silent === 1 ? "notifies" : "notify"} nobody`;
  const all = unknown === 0 && silent === 0 && there.length > 0 ? ", and all of them notify somebody" : "";
  const says = `${[`${alarms}${reach}${all}`, ...rest].join("; ")}.`;
  return { says, tone: silent > 0 || gone > 0 ? "bad" : unknown > 0 ? "open" : "good" };
}

/** Which dashboards there are, one sentence each. */
export function dashboardsInShort(stand: Stand): readonly { readonly says: string; readonly tone: Tone }[] {
  const { find } = readingsOf(stand, "dashboards");
  const names = stand.config.dashboards ?? [];
  const gone = names.filter((name) => find(name) === null);
  const open = names.filter((name) => find(name) === undefined);
  const there = names.filter((name) => find(name));
  if (names.length === 0) return [{ says: "There is no dashboard: the configuration names none.", tone: "open" }];
  return [
    ...(gone.length > 0
      ? [{ says: `There is no dashboard ${gone.join(" and no dashboard ")}: it does not exist.`, tone: "bad" as const }]
      : []),
    ...(open.length > 0 ? [{ says: `Whether there is a dashboard ${and(open)} is not known.`, tone: "open" as const }] : []),
    ...(there.length > 0 ? [{ says: `There is a dashboard: ${and(there)}.`, tone: "good" as const }] : []),
  ];
}
