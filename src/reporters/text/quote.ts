import type { ReportedFinding } from "../../report.ts";

/** What a container wrote last, and which; the oldest lines first. */
export interface Quote {
  readonly of: string;
  readonly lines: readonly string[];
}

/** The last words that a finding shows as evidence: of the container that wrote them last. */
export function quoteIn({ evidence }: Pick<ReportedFinding, "evidence">): Quote | null {
  const [first] = [evidence["lastWords"]].flat();
  if (typeof first !== "object" || first === null || !("lines" in first) || !Array.isArray(first["lines"])) return null;
  return { of: `${first["container"]} of task ${first["task"]}`, lines: first["lines"].map(String) };
}
