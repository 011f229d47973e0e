import type { Report } from "../../report.ts";
import { momentOf } from "./runs.ts";
import { listed } from "./words.ts";

/** What changed since the last GO, in a line or two; nothing where nothing did, or nothing is known of earlier runs. */
export function sinceLines({ since, checks }: Pick<Report, "since" | "checks">): readonly string[] {
  if (!since) return [];
  const { verdict, new: fresh, fixed, stillFailing, flipped, noLongerAsked } = since;
  if (fresh.length + fixed.length + flipped.length + noLongerAsked.length === 0) return [];
  const counts = [
    [fresh, "new"],
    [fixed, "fixed"],
    [stillFailing, "still failing"],
    [flipped, "flipped between known and not known"],
    [noLongerAsked, "no longer asked"],
  ] as const;
  const what = counts.flatMap(([ids, words]) => (ids.length > 0 ? [`${ids.length} ${words}`] : [])).join(", ");
  // Only a sign-off is compared with what was no GO.
  const last = verdict === "GO" ? "GO" : `sign-off, a ${verdict}`;
  return [`Since the last ${last} (${momentOf(since)}): ${what}.`, ...(fresh.length > 0 ? [`New: ${named(fresh, checks)}.`] : [])];
}

/** Failures by name, those that others explain by number; of very many, only their checks. */
export function named(fresh: readonly string[], checks: Report["checks"]): string {
  const explained = new Set(
    checks.flatMap(({ findings }) => findings.flatMap(({ id, explainedBy }) => (explainedBy === null ? [] : [id]))),
  );
  const roots = fresh.filter((id) => !explained.has(id));
  const shown = roots.length > 0 ? roots : fresh;
  const rest = fresh.length - shown.length;
  const words = shown.length > 8 ? [...new Set(shown.map((id) => id.slice(0, id.indexOf("/"))))].join(", ") : listed(shown);
  return rest > 0 ? `${words}, and ${rest} that other failures explain` : words;
}
