import { createLogUpdate } from "log-update";
import type { PlannedCheck } from "../../countdown.ts";
import { withNeeds } from "../../gather.ts";
import type { Status } from "../../report.ts";
import { paintFor } from "../../reporters/text/paint.ts";
import { type Station, stationsOf } from "../../reporters/text/stations.ts";
import { visible } from "../../reporters/text/visible.ts";
import { counted, listed, signs } from "../../reporters/text/words.ts";
import type { Progress } from "../../wait.ts";
import type { Screen, Shown, Watcher } from "../progress.ts";
import { span } from "./lines.ts";

/** What is known of a run so far. */
export interface State {
  readonly read: ReadonlySet<string>;
  readonly statuses: ReadonlyMap<string, Status>;
  readonly waiting: { readonly pending: readonly string[]; readonly until: number } | undefined;
}

/** What the run has come to after one more thing happened; `now` in milliseconds. */
export function after(state: State, progress: Progress, now: number): State {
  if (progress.type === "read") return { ...state, read: new Set([...state.read, progress.fact]) };
  if (progress.type === "waiting") return { ...state, waiting: { pending: progress.pending, until: now + progress.left } };
  if (progress.type === "judged")
    return { ...state, statuses: new Map(progress.judgement.checks.map(({ id, status }) => [id, status])), waiting: undefined };
  return { ...state, waiting: undefined };
}

const colours = { pass: "green", fail: "red", pending: "yellow", unknown: "magenta", skip: "dim" } as const;
const gravity: readonly Status[] = ["fail", "unknown", "pending", "pass", "skip"];

/** One picture of a run, no line of it wider than the screen: each station as far as it is known, and what is waited for. */
export function frame(
  { countdown, title }: Shown,
  state: State,
  time: { now: number; started: number },
  look: { width: number; colour: boolean },
): string {
  const paint = paintFor(look.colour);
  const cut = (text: string) => (text.length < look.width ? text : `${text.slice(0, look.width - 2)}…`);

  const line = (station: Station<PlannedCheck>): string => {
    const head = `${station.label} ${station.name}`.padEnd(21);
    const known = station.checks.flatMap(({ id }) => state.statuses.get(id) ?? []);
    const worst = gravity.find((status) => known.includes(status));
    if (!worst) return cut(`· ${head} ${reading(station, state)}`);
    const counts = gravity.flatMap((status) => {
      const count = known.filter((one) => one === status).length;
      return count > 0 ? `${signs[status]} ${count}` : [];
    });
    return paint(colours[worst], cut(`${signs[worst]} ${head} ${counts.join("  ")}`));
  };
  const { waiting } = state;
  const clock = span(time.now - time.started);
  const last = waiting
    ? `${clock} waiting, at most ${span(waiting.until - time.now)} more, for ${counted(waiting.pending.length, "thing")}: ${listed(waiting.pending)}`
    : `${clock} asking`;
  return [paint("bold", cut(visible(title))), ...stationsOf(countdown.checks).map(line), paint("dim", cut(visible(last)))].join("\n");
}

function reading({ checks }: Station<PlannedCheck>, { read }: State): string {
  const facts = withNeeds(checks.flatMap(({ about, needs }) => [about, ...needs]));
  return `${facts.filter(({ id }) => read.has(id)).length} of ${counted(facts.length, "fact")}`;
}

/** Draws the run on a terminal as it goes on, and leaves nothing behind. */
export function startFrames(shown: Shown, colour: boolean, screen: Screen): Watcher {
  const draw = createLogUpdate(screen as NodeJS.WriteStream, { showCursor: true });
  const started = Date.now();
  let state: State = { read: new Set(), statuses: new Map(), waiting: undefined };
  const show = () => draw(frame(shown, state, { now: Date.now(), started }, { width: screen.columns ?? 80, colour }));
  show();
  const tick = setInterval(show, 250);
  tick.unref();
  return {
    on(progress) {
      state = after(state, progress, Date.now());
      show();
    },
    end() {
      clearInterval(tick);
      draw.clear();
      draw.done();
    },
  };
}
