import type { Alarm } from "../../facts/alarm-types.ts";
import { type Told, told } from "../text/words.ts";
import { type Cell, cell, list, type Section, table } from "./blocks.ts";
import { componentsBy, componentsOf } from "./components.ts";
import type { Heard } from "./hearing.ts";
import { readingsOf, type Stand } from "./readings.ts";
import { alarmsInShort, dashboardsInShort, type Watch, watchesOf } from "./watches.ts";

/** Who watches each part of the stack, and every alarm with its settings, its state and whom it reaches. */
export function monitoringSection(stand: Stand): Section {
  const watches = watchesOf(stand);
  const drawn = drawnBy(stand);
  const faults = faultsBy(stand);
  const components = componentsOf(stand).map((component) => {
    const own = watches.filter((one) => one.components.includes(component));
    const reached = [...new Set(own.flatMap(({ heard }) => heard.by ?? []))];
    const sounding = own.filter(({ alarm }) => alarm?.state === "ALARM").map(({ name }) => name);
    const unknown = own.some(({ heard }) => heard.by === null);
    const who = reached.length > 0 ? cell(reached.join(", ")) : unknown ? cell("not known", "open") : cell("nobody", "bad");
    const boards = drawn(component);
    return [
      component,
      own.length > 0 ? cell(`${own.length}`) : cell("none", "open"),
      own.length > 0 ? who : cell("nobody", "open"),
      sounding.length > 0 ? cell(`in ALARM: ${sounding.join(", ")}`, "bad") : cell("none in ALARM"),
      boards,
    ];
  });
  const short = [alarmsInShort(stand), ...dashboardsInShort(stand)].map(({ says, tone }) => cell(says, tone));
  return {
    id: "monitoring",
    title: "Monitoring",
    blocks: [
      ...list(short),
      ...table("Monitoring by component", ["component", "alarms", "who is notified", "state", "dashboard"], components),
      ...table(
        "Alarms",
        ["alarm", "watches", "goes off at", "state", "who is notified", "what is wrong"],
        watches.map((one) => row(one, faults)),
      ),
    ],
  };
}

function row({ name, alarm, components, heard }: Watch, faults: (subject: string) => readonly string[]): readonly (Cell | string)[] {
  const state = alarm
    ? cell(alarm.state, alarm.state === "ALARM" ? "bad" : undefined)
    : cell(alarm === null ? "does not exist" : "not known");
  const settings = alarm ? settingsOf(alarm) : "";
  return [
    name,
    components.join(", ") || "nothing known",
    settings,
    state,
    whoHears(heard),
    faults(`alarm:${name}`).join("; ") || "nothing",
  ];
}

function whoHears({ by, why }: Heard): Cell {
  if (by === null) return cell(`not known: ${why}`, "open");
  return by.length > 0 ? cell(by.join(", "), "good") : cell(`nobody: ${why}`, "bad");
}

/** What was found wrong about a subject, by the whole countdown. */
function faultsBy({ report }: Stand): (subject: string) => readonly string[] {
  const found = told(report).filter(({ status }) => status !== "pass" && status !== "skip");
  const bySubject = Map.groupBy(found, ({ subject }) => subject);
  const saying = ({ says, waiver }: Told) => (waiver ? `${says} (waived until ${waiver.expires})` : says);
  return (subject) => (bySubject.get(subject) ?? []).map(saying);
}

/** When an alarm goes off: `CPUUtilization, Average of 300 s, > 80, 2 times in a row`. */
function settingsOf(alarm: Alarm): string {
  if (alarm.type === "composite") return alarm.rule;
  const { watches, computed, comparison, threshold, evaluationPeriods } = alarm;
  const metrics = watches.map(({ metric, statistic, period }) => `${metric}, ${statistic} of ${period} s`).join(" and ");
  const limit = comparison === "band" ? "outside of what is usual" : `${comparison ?? ""} ${threshold ?? ""}`.trim();
  const times = evaluationPeriods !== null && evaluationPeriods > 1 ? `, ${evaluationPeriods} times in a row` : "";
  return `${computed ? `an expression over ${metrics || "a query"}` : metrics}${limit ? `, ${limit}` : ""}${times}`;
}

/** Which of the configured dashboards draw a part of the stack. */
function drawnBy(stand: Stand): (component: string) => Cell {
  const components = componentsBy(stand);
  const { known, unknown } = readingsOf(stand, "dashboards");
  const all = known.map(({ name, value }) => ({ name, value, shows: value.drawn.flatMap(({ dimensions }) => components(dimensions)) }));
  return (component) => {
    const drawing = all.filter(({ shows }) => shows.includes(component)).map(({ name }) => name);
    if (drawing.length > 0) return cell(drawing.join(", "), "good");
    if (unknown.length > 0 || all.some(({ value }) => value.computed)) return cell("not known", "open");
    return cell("none", "open");
  };
}
