import type { secretValues } from "../../facts/secret-values.ts";
import type { secrets } from "../../facts/secrets.ts";
import type { serviceDeployments } from "../../facts/service-deployments.ts";
import type { StoppedTask, tasks } from "../../facts/tasks.ts";
import type { SnapshotFile } from "../../snapshot.ts";
import { known } from "./readings.ts";

/** Something that happened, or went on for a while; `until` is null where it is not over. Times are ISO 8601. */
export interface Happening {
  readonly row: string;
  readonly what: "deployment" | "start" | "stop" | "death" | "version" | "change";
  readonly at: string;
  readonly until?: string | null;
  readonly says: string;
}

/** What a snapshot tells of when things happened, the oldest first: deployments, starts and ends of tasks, versions of secrets. */
export function happenings(snapshot: SnapshotFile): readonly Happening[] {
  const all = [...deployments(snapshot), ...lives(snapshot), ...versions(snapshot)];
  return all.toSorted((one, other) => one.at.localeCompare(other.at));
}

const deployments = (snapshot: SnapshotFile): readonly Happening[] =>
  known<typeof serviceDeployments>(snapshot, "serviceDeployments").flatMap(([service, { last }]): Happening[] => {
    if (!last) return [];
    const { status, target, reason, createdAt: at, finishedAt: until } = last;
    const how = status.toLowerCase().replaceAll("_", " ");
    const says = `deployment${target ? ` of ${target}` : ""}: ${how}${reason ? ` (${reason})` : ""}`;
    return [{ row: `service ${service}`, what: "deployment", at, until, says }];
  });

const lives = (snapshot: SnapshotFile): readonly Happening[] =>
  known<typeof tasks>(snapshot, "tasks").flatMap(([service, { running, stopped }]): Happening[] => {
    const row = `service ${service}`;
    return [
      ...running.flatMap(({ id, startedAt }): Happening[] =>
        startedAt ? [{ row, what: "start", at: startedAt, says: `task ${id} started` }] : [],
      ),
      ...stopped.flatMap((task): Happening[] =>
        task.stoppedAt ? [{ row, what: isDeath(task) ? "death" : "stop", at: task.stoppedAt, says: endOf(task) }] : [],
      ),
    ];
  });

/** Nobody wanted it to end. */
const isDeath = ({ stopCode }: StoppedTask) => stopCode !== "UserInitiated" && stopCode !== "ServiceSchedulerInitiated";

function endOf({ id, stopCode, reason, containers }: StoppedTask): string {
  const exits = containers.flatMap(({ name, exitCode, reason: why }) =>
    exitCode === null && why === null
      ? []
      : [`${name} ${[exitCode === null ? "" : `exit code ${exitCode}`, why ?? ""].filter((part) => part).join(", ")}`],
  );
  return [`task ${id} stopped`, stopCode ?? "", reason ?? "", ...exits].filter((part) => part).join(": ");
}

/** When the version was made that is read, and when anything about the secret was last changed, where that was at another time. */
function versions(snapshot: SnapshotFile): readonly Happening[] {
  const made = known<typeof secretValues>(snapshot, "secretValues").map(
    ([, { secret, version, stages, created }]): Happening => ({
      ...{ row: `secret ${secret}`, what: "version", at: created },
      says: `version ${version} (${stages.join(", ") || "no label"}) was made`,
    }),
  );
  const changed = known<typeof secrets>(snapshot, "secrets").flatMap(([secret, { changedAt, versions }]): Happening[] => {
    const row = `secret ${secret}`;
    if (changedAt === null || made.some((one) => one.row === row && one.at === changedAt)) return [];
    const none = Object.keys(versions).length === 0;
    return [{ row, what: "change", at: changedAt, says: none ? "last changed, and without any version" : "last changed" }];
  });
  return [...made, ...changed];
}
