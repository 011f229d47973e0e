import { context, defaultTextMapGetter, ROOT_CONTEXT } from "@opentelemetry/api";
import { type ExportResult, ExportResultCode, W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { type ReadableSpan, type SpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import type { Trace, Traced } from "../traces.ts";
import { samplerOf } from "./sampler.ts";
import { spansOf } from "./spans.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Milliseconds by which a trace may hold up the end of a run. */
const patience = 2_000;
const atOnce = 512;

/** Begins the trace of a run below TRACEPARENT, if that is set. It is kept until the run is over, and sent then as OTLP over HTTP. */
export function beginTrace(traced: Traced, environment: Environment): Trace {
  const ended: ReadableSpan[] = [];
  const keeping: SpanProcessor = {
    onStart: () => {},
    onEnd: (span) => void ended.push(span),
    forceFlush: async () => {},
    shutdown: async () => {},
  };
  const named = resourceFromAttributes({ "service.name": "seaworthy", "service.version": traced.version });
  const provider = new TracerProvider({
    resource: defaultResource()
      .merge(named)
      .merge(detectResources({ detectors: [envDetector] })),
    sampler: samplerOf(environment),
    spanProcessors: [keeping],
    spanLimits: { attributeValueLengthLimit: 1_000 },
  });
  const carrier = { traceparent: environment["TRACEPARENT"], tracestate: environment["TRACESTATE"] };
  const parent = new W3CTraceContextPropagator().extract(ROOT_CONTEXT, carrier, defaultTextMapGetter);
  const { end, ...spans } = spansOf(provider.getTracer("seaworthy", traced.version), parent, traced);

  return {
    ...spans,
    async end(report) {
      end(report);
      const sampled = ended.filter((span) => (span.spanContext().traceFlags & 1) === 1);
      const trouble = await sent(sampled);
      return trouble === undefined ? undefined : `seaworthy: the trace could not be sent to ${collectorOf(environment)}: ${trouble}`;
    },
  };
}

/** Sends the spans; what went wrong, where something did. Never rejects, and never takes longer than its patience. */
async function sent(spans: readonly ReadableSpan[]): Promise<string | undefined> {
  if (spans.length === 0) return undefined;
  const late = Promise.withResolvers<string>();
  const timer = setTimeout(() => late.resolve(`no answer within ${patience} ms`), patience);
  try {
    // It reads where to, and with which headers, from the environment.
    const exporter = new OTLPTraceExporter({ timeoutMillis: patience });
    const batches = Array.from({ length: Math.ceil(spans.length / atOnce) }, (_, n) => spans.slice(n * atOnce, (n + 1) * atOnce));
    const sending = Promise.all(
      batches.map((batch) => new Promise<ExportResult>((resolve) => context.with(ROOT_CONTEXT, () => exporter.export(batch, resolve)))),
    ).then((results) => {
      const failed = results.find(({ code }) => code !== ExportResultCode.SUCCESS);
      return failed && (reasonOf(failed.error) || "it was not accepted");
    });
    return await Promise.race([sending, late.promise]);
  } catch (error) {
    return reasonOf(error);
  } finally {
    clearTimeout(timer);
  }
}

/** Why it failed, on one line. Where a name has several addresses the error of Node says nothing but its code. */
function reasonOf(error: unknown): string {
  const { message, code, cause } = error as { message?: string; code?: unknown; cause?: unknown };
  const said = message || (code === undefined ? "" : `${code}`) || (cause === undefined ? "" : reasonOf(cause));
  return said.replaceAll(/\s+/g, " ").trim();
}

/** The collector as one may say it: without the password or the token that its URL may hold. */
function collectorOf(environment: Environment): string {
  const stated = environment["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] || environment["OTEL_EXPORTER_OTLP_ENDPOINT"];
  if (!stated) return "http://localhost:4318";
  return URL.canParse(stated) ? new URL(stated).origin : "an endpoint that is no URL";
}
