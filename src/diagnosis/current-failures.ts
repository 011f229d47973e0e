import { primaryOf, type Service } from "../facts/services.ts";
import type { RunningTask } from "../facts/tasks.ts";
import { type Changes, mendOf } from "./mends.ts";
import { type Failure, failuresTold } from "./service-events.ts";

/** Asked for only where a failure is told of. */
type Signs = { readonly running: () => readonly RunningTask[]; readonly changes: Changes };

/** What service events tell of that went wrong: with the current deployment and not over, or else stale. Newest first. */
export function currentFailures(service: Service, { running, changes }: Signs): { open: readonly Failure[]; stale: readonly Failure[] } {
  const primary = primaryOf(service);
  const steady = steadySince(service);
  const lives = () => running().filter(({ lastStatus, health }) => lastStatus === "RUNNING" && health !== "UNHEALTHY");
  const isOthers = ({ message }: Failure) => {
    const [, id] = /\(deployment ([^)]+)\)/.exec(message) ?? [];
    return primary !== null && id !== undefined && id !== primary.id;
  };
  const isStale = (failure: Failure) => {
    const { at } = failure;
    return (
      at < (primary?.createdAt ?? "") ||
      at <= steady ||
      isOthers(failure) ||
      lives().some(({ startedAt }) => (startedAt ?? "") > at) ||
      mendOf(failure, changes) !== null
    );
  };
  const told = failuresTold(service.events);
  return { open: told.filter((failure) => !isStale(failure)), stale: told.filter(isStale) };
}

/** When the service last was steady with tasks that ran. ECS calls one steady too that wants none, whatever killed the last of them. */
function steadySince({ desired, events }: Service): string {
  const moved = desired > 0 ? undefined : events.find(({ message }) => /has (started|stopped) \d+ /.test(message));
  const steady = events.find(({ at, message }) => /has reached a steady state/.test(message) && (moved === undefined || at < moved.at));
  return steady?.at ?? "";
}
