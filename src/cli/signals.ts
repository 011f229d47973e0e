import { Interrupted } from "../failure.ts";

/** A signal that is aborted by the first Ctrl-C or SIGTERM; the second one ends the process at once. */
export function interruptible(): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const on = (name: "SIGINT" | "SIGTERM") => () => {
    const interruption = new Interrupted(name);
    if (controller.signal.aborted) process.exit(interruption.exitCode);
    controller.abort(interruption);
  };
  const listeners = [["SIGINT", on("SIGINT")] as const, ["SIGTERM", on("SIGTERM")] as const];
  for (const [name, listener] of listeners) process.on(name, listener);
  return {
    signal: controller.signal,
    release() {
      for (const [name, listener] of listeners) process.off(name, listener);
    },
  };
}
