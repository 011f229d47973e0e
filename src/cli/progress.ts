import type { Countdown } from "../countdown.ts";
import type { Progress } from "../wait.ts";
import { startLines } from "./progress/lines.ts";

/** A run that is shown while it goes on. */
export interface Shown {
  readonly countdown: Countdown;
  readonly title: string;
}

/** Whoever shows it: told of everything that happens, and of the end, before the report is printed. */
export interface Watcher {
  readonly on: (progress: Progress) => void;
  readonly end: () => void;
}

/** Where progress is shown: stderr, in truth. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Shows progress on a terminal as it happens, elsewhere as a few lines with their time, and not at all where nobody wants it. */
export async function watch(shown: Shown, options: { quiet?: boolean; colour: boolean; ci: boolean }, screen: Screen): Promise<Watcher> {
  if (options.quiet) return { on: () => {}, end: () => {} };
  if (!screen.isTTY || options.ci) return startLines(shown, screen);
  const { startFrames } = await import("./progress/frames.ts");
  return startFrames(shown, options.colour, screen);
}
