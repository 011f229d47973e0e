import type { Alternative, Rule } from "./rule.ts";
import type { Said } from "./said.ts";

const memory: Alternative = {
  cause: "container-oom",
  tellsApart: "the container's own reason says OutOfMemoryError, or its memory stood at the limit",
};
const entrypoint: Alternative = { cause: "bad-entrypoint", tellsApart: "the container wrote nothing, and its exit code is 126 or 127" };
const itself: Alternative = {
  cause: "app-crash-exit",
  tellsApart: "the container's last words, and whether it was told to stop and did not in time",
};
const runtime: Alternative = {
  cause: "platform-internal-error",
  tellsApart: "the container's own reason says CannotInspectContainerError or the like",
};
const stopCode = "the task's stop code: UserInitiated or ServiceSchedulerInitiated";
const asked: Alternative = { cause: "user-stopped", tellsApart: stopCode };
const replaced: Alternative = { cause: "deployment-replaced", tellsApart: stopCode };

const exitedWith = (codes: readonly (number | undefined)[]) => (said: Said) => codes.includes(said.exitCode);
const essential = /essential containers? (in task )?exited/;
const exited =
  /^essential containers? (in task )?exited( details)?\W*(exit ?(code|status):? ?\d*)?\)?$|(^|container |has |details )exit(ed)?( with)?( exit)? (code|status)?:? ?\(?\d+\)?$|^exited$|^$/;

/**
 * A container that ended, where nothing but its exit code says why: 128 and more is the number of a signal.
 * https://repost.aws/knowledge-center/ecs-task-stopped
 */
export const exits: readonly Rule[] = [
  // Killed by the kernel for its memory, or by ECS because it did not stop in time: the task's reason is the same.
  { cause: "container-oom", core: exited, when: exitedWith([137]), open: [itself] },
  { cause: "bad-entrypoint", core: exited, when: exitedWith([126, 127]), open: [itself] },
  { cause: "app-crash-exit", core: exited, when: exitedWith([143]), open: [asked] },
  { cause: "container-oom", says: essential, when: exitedWith([137]), open: [itself] },
  { cause: "bad-entrypoint", says: essential, when: exitedWith([126, 127]), open: [itself] },
  { cause: "app-crash-exit", says: essential, open: [memory, entrypoint, runtime] },
  {
    cause: "app-crash-exit",
    core: exited,
    when: ({ exitCode, core }) => exitCode === undefined && core !== "",
    open: [memory, entrypoint, runtime],
  },
  { cause: "app-crash-exit", core: exited, when: ({ exitCode }) => exitCode !== undefined },
  { cause: "app-crash-exit", says: /exit(ed)? (with )?(exit )?code|exited with|exited \(/, when: ({ exitCode }) => exitCode !== undefined },
  { cause: "app-crash-exit", says: /ordering dependency .*did not exit successfully/ },
  { cause: "user-stopped", says: /taskstoppedbeforepullbegin|stopped before image pull could begin/, open: [replaced] },
  {
    cause: "app-crash-exit",
    says: /segmentation fault|exited unexpectedly|non-?zero exit|container (has )?crashed|core dumped|unhandled exception|panic: runtime error/,
    unless: /pull command/,
  },
];
