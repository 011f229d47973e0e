import { array, int, minimum, optional, strictObject, string, unknown } from "zod/mini";
import { Mistake } from "../mistake.ts";
import type { Hook } from "./hook.ts";

const settings = strictObject({
  /** The configuration's file, from the root of the bundle. */
  config: optional(string()),
  /** How long HOLD is waited for. */
  deadline: optional(string()),
  /** Seconds until ECS calls again. */
  callBackDelay: optional(int().check(minimum(1))),
  /** The endpoints that are asked at this hook, such as those of the listener of test traffic, and no others. */
  endpoints: optional(array(string())),
  progress: optional(unknown()),
});

/** What the service's own lifecycle hook says under `hookDetails.seaworthy`. Throws a Mistake for what it cannot say. */
export function settingsOf({ details }: Hook) {
  const checked = settings.safeParse(details["seaworthy"] ?? {});
  if (checked.success) return checked.data;
  const wrong = checked.error.issues.map(({ path, message }) => `${["hookDetails.seaworthy", ...path].join(".")}: ${message}`);
  throw new Mistake(wrong.join("; "), "It may have config, deadline, callBackDelay and endpoints");
}
