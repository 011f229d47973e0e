import type { Service } from "../aws.ts";
import { connect } from "../connect.ts";
import { type Countdown, factsOf } from "../countdown.ts";
import { withNeeds } from "../gather.ts";
import { type Run, rejudge, run } from "../run.ts";
import { traceOf } from "../traces.ts";
import type { Progress } from "../wait.ts";
import { webDoor } from "../web-door.ts";
import type { Conditions } from "./conditions.ts";
import { coloured } from "./deliver.ts";
import { say } from "./output.ts";
import { watch } from "./progress.ts";
import { version } from "./version.ts";

/** Runs once, live or off a snapshot. Where the signal is aborted, the asking ends with what there is by then. */
export function ask(conditions: Conditions, signal: AbortSignal): Promise<Run> {
  const { judging, snapshot } = conditions;
  return snapshot ? rejudge(snapshot, { ...judging, signal }) : askLive(conditions, signal);
}

async function askLive(conditions: Conditions, signal: AbortSignal): Promise<Run> {
  const { judging, countdown, options, title, factsOnly, door, pace, waitMs: wait, deadlineMs: deadline } = conditions;
  const { port, warm, calls, close } = connect(conditions.access);
  const trace = await traceOf({ port, countdown, region: conditions.access.region, version }, process.env);
  warm(servicesOf(countdown));
  const web = webDoor(door);
  const look = { quiet: options.quiet ?? false, colour: coloured(process.stderr, options), ci: Boolean(process.env["CI"]) };
  const watcher = await watch({ countdown, title }, look, process.stderr);
  const onProgress = (progress: Progress) => {
    conditions.onProgress?.(progress);
    trace?.on(progress);
    if (!(factsOnly && progress.type === "judged")) watcher.on(progress);
  };
  let came: Run | undefined;
  try {
    const doors = { port: trace?.port ?? port, web, calls };
    came = await run({ ...judging, ...doors, signal, wait, deadline, onProgress, ...(pace === undefined ? {} : { pace }) });
    return came;
  } finally {
    watcher.end();
    close();
    await web.close();
    const trouble = await trace?.end(came?.report);
    if (trouble) say(trouble);
  }
}

/** The services that are called, those first that are called soonest: their facts need the fewest others. */
function servicesOf({ checks }: Countdown): readonly Service[] {
  const soonest = factsOf(checks).toSorted((a, b) => withNeeds([a]).length - withNeeds([b]).length);
  return [...new Set(soonest.flatMap(({ calls }) => calls.map((action) => action.slice(0, action.indexOf(":")) as Service)))];
}
