import { type Attributes, type Context, SpanKind, SpanStatusCode, type Tracer, trace } from "@opentelemetry/api";
import type { Action, Port } from "../aws.ts";
import { factsOf } from "../countdown.ts";
import type { Report, ReportedCheck } from "../report.ts";
import type { Trace, Traced } from "../traces.ts";
import type { Progress } from "../wait.ts";

/** What the SDK calls those services whose IAM prefix does not say it. */
const names: Readonly<Record<string, string>> = {
  "application-autoscaling": "Application Auto Scaling",
  cloudwatch: "CloudWatch",
  config: "Config Service",
  dynamodb: "DynamoDB",
  elasticache: "ElastiCache",
  elasticloadbalancing: "Elastic Load Balancing v2",
  guardduty: "GuardDuty",
  logs: "CloudWatch Logs",
  pricing: "Pricing",
  route53: "Route 53",
  secretsmanager: "Secrets Manager",
  servicequotas: "Service Quotas",
};

/** The spans of a run: made as its calls are made, and of its checks once it is over. No input or answer is in them. */
export function spansOf(
  tracer: Tracer,
  parent: Context,
  { port, countdown, region }: Traced,
): Omit<Trace, "end"> & { end(report: Report | undefined): void } {
  const run = tracer.startSpan("seaworthy", {}, parent);
  const below = trace.setSpan(parent, run);
  const begun = Date.now();
  const read = new Map<string, number>();

  const traced: Port = async (action, input, options) => {
    const attributes = callOf(action, options?.region ?? region);
    const name = `${attributes["rpc.service"]}.${attributes["rpc.method"]}`;
    const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }, below);
    try {
      return await port(action, input, options);
    } catch (error) {
      // What AWS says may quote what it was asked.
      span.setAttribute("error.type", error instanceof Error ? error.name : "_OTHER");
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  };

  const on = (progress: Progress) => {
    if (progress.type === "read") read.set(progress.fact, Date.now());
  };

  const judged = (check: ReportedCheck) => {
    const facts = factsOf(countdown.checks.filter(({ id }) => id === check.id));
    const known = facts.flatMap(({ id }) => read.get(id) ?? []);
    const span = tracer.startSpan(check.id, { startTime: begun, attributes: attributesOf(check) }, below);
    const failing = check.findings.find(({ status, waiver }) => status === "fail" && !waiver);
    if (check.status === "fail")
      span.setStatus({ code: SpanStatusCode.ERROR, message: `${failing?.subject} ${failing?.says}`.slice(0, 500) });
    // It is known as soon as the last of what it asks for is.
    span.end(known.length > 0 ? Math.max(...known) : undefined);
  };

  const end = (report: Report | undefined) => {
    for (const check of report?.checks ?? []) judged(check);
    if (report) {
      run.updateName(`seaworthy ${report.scene}`);
      run.setAttributes(verdictOf(report));
    }
    if (report?.verdict !== "GO") run.setStatus({ code: SpanStatusCode.ERROR, message: report?.verdict ?? "it crashed" });
    run.end();
  };
  return { port: traced, on, end };
}

/** @see https://opentelemetry.io/docs/specs/semconv/cloud-providers/aws-sdk/ */
function callOf(action: Action, region: string | undefined): Attributes {
  const [prefix = "", operation = ""] = action.split(":");
  const called = { "rpc.system": "aws-api", "rpc.service": names[prefix] ?? prefix.toUpperCase(), "rpc.method": operation };
  return region === undefined ? called : { ...called, "aws.region": region, "cloud.region": region };
}

const attributesOf = ({ id, order, severity, status, attempts, findings }: ReportedCheck): Attributes => ({
  "seaworthy.check.id": id,
  "seaworthy.check.order": order,
  "seaworthy.check.severity": severity,
  "seaworthy.check.status": status,
  "seaworthy.check.attempts": attempts,
  "seaworthy.check.findings": findings.length,
});

function verdictOf({ deployment, scene, verdict, exitCode, coverage, rootCauses }: Report): Attributes {
  const { name, account, region, cluster } = deployment;
  return {
    "cloud.provider": "aws",
    ...(account !== null && { "cloud.account.id": account }),
    ...(region !== null && { "cloud.region": region }),
    "seaworthy.deployment": name,
    "seaworthy.cluster": cluster,
    "seaworthy.scene": scene,
    "seaworthy.verdict": verdict,
    "seaworthy.exit_code": exitCode,
    "seaworthy.coverage.blocking": coverage.blocking,
    "seaworthy.coverage.answered": coverage.answered,
    "seaworthy.root_causes": rootCauses.map(({ finding }) => finding),
  };
}
