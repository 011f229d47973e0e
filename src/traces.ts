import type { Port } from "./aws.ts";
import type { Countdown } from "./countdown.ts";
import type { Report } from "./report.ts";
import type { Progress } from "./wait.ts";

/** One run as a trace: a span for the run, each check and each AWS call. */
export interface Trace {
  /** The same port, with a span for each call. */
  readonly port: Port;
  readonly on: (progress: Progress) => void;
  /** Ends the trace by what the run came to, and sends it within two seconds. What kept it from arriving, in one line; nothing where it did. */
  readonly end: (report: Report | undefined) => Promise<string | undefined>;
}

/** What is traced: the way to AWS, what is asked, and in which region. */
export interface Traced {
  readonly port: Port;
  readonly countdown: Countdown;
  readonly region: string | undefined;
  readonly version: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Begins a trace where the environment asks for one, and loads nothing where it does not. Never rejects: without a trace there is `undefined`.
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export async function traceOf(traced: Traced, environment: Environment): Promise<Trace | undefined> {
  if (!isWanted(environment)) return undefined;
  try {
    return (await import("./traces/otlp.ts")).beginTrace(traced, environment);
  } catch (error) {
    const trouble = `seaworthy: there is no trace of this run: ${error instanceof Error ? error.message : String(error)}`;
    return { port: traced.port, on: () => {}, end: async () => trouble };
  }
}

/** Whether OTEL_* asks for traces over OTLP: by an endpoint, or by name. An empty variable is one that is not set. */
export function isWanted(environment: Environment): boolean {
  if (environment["OTEL_SDK_DISABLED"]?.trim().toLowerCase() === "true") return false;
  const exporters = environment["OTEL_TRACES_EXPORTER"]?.trim();
  if (exporters) return exporters.split(",").some((one) => one.trim() === "otlp");
  return Boolean(environment["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"]?.trim() || environment["OTEL_EXPORTER_OTLP_ENDPOINT"]?.trim());
}
