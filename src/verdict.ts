import type { Severity } from "./check.ts";
import type { Status } from "./report.ts";

/** The answer, and how the process ends. */
export type Verdict =
  | { readonly verdict: "GO"; readonly exitCode: 0 | 4 }
  | { readonly verdict: "NO-GO"; readonly exitCode: 3 }
  | { readonly verdict: "HOLD"; readonly exitCode: 5 };

/** A finding, as far as the verdict cares. */
export interface Weighed {
  readonly severity: Severity;
  readonly status: Status;
  readonly waived: boolean;
}

/** The one place that decides. GO needs a blocker that passed, and no blocker that is failing, moving or unanswered. */
export function verdictOf(findings: readonly Weighed[], { strict = false } = {}): Verdict {
  const counted = findings.filter(({ waived }) => !waived);
  const blocking = new Set(counted.filter(({ severity }) => severity === "blocker").map(({ status }) => status));
  const warned = counted.some(({ severity, status }) => severity === "warning" && status === "fail");

  if (blocking.has("fail")) return { verdict: "NO-GO", exitCode: 3 };
  if (blocking.has("unknown") || blocking.has("pending") || !blocking.has("pass")) return { verdict: "HOLD", exitCode: 5 };
  return { verdict: "GO", exitCode: strict && warned ? 4 : 0 };
}
