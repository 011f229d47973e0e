import { visible } from "../../reporters/text/visible.ts";
import { counted, countsOf, listed } from "../../reporters/text/words.ts";
import type { Progress } from "../../wait.ts";
import type { Screen, Shown, Watcher } from "../progress.ts";

/** Says what happens in plain lines with their time, UTC. */
export function startLines({ title }: Shown, screen: Screen): Watcher {
  const say = (line: string) => screen.write(`${new Date().toISOString().slice(11, 19)}Z ${visible(line)}\n`);
  say(title);
  return {
    on(progress) {
      const line = lineOf(progress);
      if (line) say(line);
    },
    end() {},
  };
}

function lineOf(progress: Progress): string | undefined {
  if (progress.type === "asking")
    return `round ${progress.round}: asking for ${counted(progress.facts.length, "kind of fact", "kinds of facts")}`;
  if (progress.type === "judged") {
    const { judgement, round } = progress;
    return `round ${round}: ${judgement.verdict}, ${countsOf(judgement)}`;
  }
  if (progress.type === "waiting") return `waiting, at most ${span(progress.left)} more: ${listed(progress.pending)}`;
  return undefined;
}

/** `9:48`, in minutes and seconds. */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, "0")}`;
}
