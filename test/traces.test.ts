import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { loadIncidents } from "../fixtures/incidents.ts";
import { type Loopback, listen } from "../fixtures/loopback.ts";
import { begin } from "../fixtures/story.ts";
import { isWanted, traceOf } from "../src/traces.ts";
import { seaworthy } from "./cli/seaworthy.ts";

interface Value {
  readonly stringValue?: string;
  readonly intValue?: number | string;
  readonly arrayValue?: { readonly values: readonly Value[] };
}
type Attributes = readonly { readonly key: string; readonly value: Value }[];
interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly traceState?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: Attributes;
  readonly status: { readonly code: number; readonly message?: string };
}
interface Sent {
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** What OTLP calls a span's kind and status. */
const [client, failed] = [3, 2];

let received: Sent[] = [];
let collector: Loopback;
let status = 200;
beforeAll(async () => {
  collector = await listen(async (incoming, response) => {
    let body = "";
    for await (const chunk of incoming) body += chunk;
    received.push({ path: incoming.url ?? "", headers: incoming.headers, body });
    response.writeHead(status, { "content-type": "application/json" }).end("{}");
  });
});
beforeEach(() => {
  received = [];
  status = 200;
});
afterAll(() => collector.close());

const resources = () =>
  received.flatMap(({ body }) => (JSON.parse(body) as { resourceSpans: { resource: { attributes: Attributes } }[] }).resourceSpans);
const spans = () =>
  received.flatMap(({ body }) =>
    (JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }).resourceSpans.flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap((scope) => scope.spans),
    ),
  );
const told = (attributes: Attributes) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? value.arrayValue?.values]));
const endpoint = () => ({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });

/** The values of a world's secrets, and what is left of them where they are no JSON. */
async function secretsOf(world: string): Promise<readonly string[]> {
  const { source } = begin((await loadIncidents()).find(({ name }) => name === world) ?? {});
  const secrets = source.world.secretsmanager.secrets.flatMap(({ versions }) => versions.map(({ SecretString = "" }) => SecretString));
  return secrets.flatMap((text) => text.split(/[\s"{}:,]+/)).filter((value) => value.length > 9 && !/^[A-Z_]+$/.test(value));
}

async function expectNoSecret(world: string): Promise<void> {
  const [body, values] = [received.map((one) => one.body).join(""), await secretsOf(world)];
  expect(body).toContain("Secrets Manager.GetSecretValue");
  expect(values.length).toBeGreaterThan(3);
  expect(values.filter((value) => body.includes(value))).toEqual([]);
}

describe("a run, traced", () => {
  test("has one span for itself, for each check and for each call, below the span and in the place that the environment names", async () => {
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    const env = {
      ...{ TRACEPARENT: `00-${traceId}-b7ad6b7169203331-01`, TRACESTATE: "ci=build42" },
      ...{
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/custom/path`,
        OTEL_EXPORTER_OTLP_HEADERS: "x-team=platform,x-token=t%3D1",
      },
      ...{ OTEL_SERVICE_NAME: "release-gate", OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=prod,team=platform" },
    };
    const { code, stderr } = await seaworthy(["demo", "healthy"], { env });
    expect({ code, trouble: stderr.includes("trace") }).toEqual({ code: 0, trouble: false });
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ path: "/custom/path", headers: { "x-team": "platform", "x-token": "t=1" } });
    expect(told(resources()[0]?.resource.attributes ?? [])).toMatchObject({
      "service.name": "release-gate",
      "deployment.environment.name": "prod",
      team: "platform",
    });

    const all = spans();
    const run = all.find(({ name }) => name === "seaworthy post-deploy");
    expect(run).toMatchObject({ traceId, parentSpanId: "b7ad6b7169203331", traceState: "ci=build42", status: { code: 0 } });
    expect(told(run?.attributes ?? [])).toMatchObject({
      "seaworthy.verdict": "GO",
      "seaworthy.exit_code": 0,
      "cloud.account.id": "220711411889",
      "cloud.region": "ap-southeast-2",
    });
    const below = all.filter((span) => span !== run);
    expect(below.filter((span) => span.traceId !== traceId || span.parentSpanId !== run?.spanId)).toEqual([]);

    const calls = below.filter(({ kind }) => kind === client);
    expect(told(calls.find(({ name }) => name === "ECS.DescribeServices")?.attributes ?? [])).toEqual({
      "rpc.system": "aws-api",
      "rpc.service": "ECS",
      "rpc.method": "DescribeServices",
      "aws.region": "ap-southeast-2",
      "cloud.region": "ap-southeast-2",
    });
    expect(calls.map(({ name }) => name)).toContain("STS.GetCallerIdentity");
    expect(all.filter(({ startTimeUnixNano, endTimeUnixNano }) => BigInt(endTimeUnixNano) < BigInt(startTimeUnixNano))).toEqual([]);

    const checks = below.filter(({ kind }) => kind !== client);
    expect(checks.length).toBeGreaterThan(50);
    expect(told(checks.find(({ name }) => name === "secret-keys-present")?.attributes ?? [])).toMatchObject({
      "seaworthy.check.id": "secret-keys-present",
      "seaworthy.check.severity": "blocker",
      "seaworthy.check.status": "pass",
      "seaworthy.check.attempts": 1,
    });
    expect(checks.filter(({ status }) => status.code === failed)).toEqual([]);
    await expectNoSecret("healthy");
  });

  test("tells by its status what failed and why, and no value of the secret that cannot be read", async () => {
    const { code } = await seaworthy(["demo", "secret-not-json", "--exit-code"], { env: endpoint() });
    expect(code).toBe(3);
    expect(received[0]).toMatchObject({ path: "/v1/traces", headers: { "content-type": "application/json" } });
    const all = spans();
    expect(all.find(({ parentSpanId }) => !parentSpanId)).toMatchObject({ status: { code: failed, message: "NO-GO" } });
    const check = all.find(({ name }) => name === "secret-keys-present");
    expect(check?.status).toEqual({ code: failed, message: expect.stringMatching(/^secret:ohmycoins-prod-app-secrets /) });
    expect(told(check?.attributes ?? [])).toMatchObject({ "seaworthy.check.status": "fail" });
    await expectNoSecret("secret-not-json");
  });

  test("begins a trace of its own where TRACEPARENT is none, and tells of a refused call by the name of the error alone", async () => {
    const env = { ...endpoint(), TRACEPARENT: "00-af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" };
    await seaworthy(["demo", "denied-ecs-list-service-deployments"], { env });
    expect(spans().filter(({ parentSpanId }) => !parentSpanId)).toMatchObject([{ name: "seaworthy post-deploy" }]);
    const refused = spans().filter(({ kind, status }) => kind === client && status.code === failed);
    expect(refused.map(({ name, status, attributes }) => [name, status.message, told(attributes)["error.type"]])).toContainEqual([
      "ECS.ListServiceDeployments",
      undefined,
      "AccessDeniedException",
    ]);
  });

  test("is not sent where the pipeline's own trace is not sampled", async () => {
    await seaworthy(["demo", "healthy"], {
      env: { ...endpoint(), TRACEPARENT: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00" },
    });
    expect(received).toEqual([]);
  });
});

test("nothing of it is loaded unless it is asked for", async () => {
  const watch = `import { registerHooks } from "node:module";
    registerHooks({ load(url, context, next) { if (url.includes("opentelemetry")) process.stderr.write("LOADED " + url + "\\n"); return next(url, context); } });`;
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(watch)}` };
  const loadedWith = async (more: Readonly<Record<string, string>>) =>
    (await seaworthy(["demo", "healthy"], { env: { ...env, ...more } })).stderr.split("\n").filter((line) => line.startsWith("LOADED"));
  expect(await loadedWith({ OTEL_SERVICE_NAME: "gate" })).toEqual([]);
  expect(await loadedWith(endpoint())).not.toEqual([]);
});

describe("where the trace cannot be sent", () => {
  /** What is said of a trace of one call. */
  const trouble = async (env: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    try {
      const countdown = { checks: [], notAsked: [] };
      const traced = await traceOf({ port: async () => ({}), countdown, region: undefined, version: "0.0.0" }, process.env);
      expect(await traced?.port("ecs:DescribeServices", {})).toEqual({});
      return await traced?.end(undefined);
    } finally {
      vi.unstubAllEnvs();
    }
  };

  test("the verdict stands, and one line says so, without the password that the endpoint holds", async () => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://user:hunter2@127.0.0.1:9" };
    const { code, stdout, stderr } = await seaworthy(["demo", "healthy"], { env });
    expect({ code, go: stdout.includes("━━━ GO ━━━") }).toEqual({ code: 0, go: true });
    expect(stderr.split("\n").filter((line) => /trace|hunter2/.test(line))).toEqual([
      expect.stringMatching(/^seaworthy: the trace could not be sent to http:\/\/127\.0\.0\.1:9: .*ECONNREFUSED/),
    ]);
  });

  test("it is said that the collector refuses it, or that the endpoint is none", async () => {
    expect(await trouble(endpoint())).toBeUndefined();
    status = 401;
    expect(await trouble(endpoint())).toMatch(/^seaworthy: the trace could not be sent to http:\S+: ./);
    expect(await trouble({ OTEL_TRACES_EXPORTER: "otlp", OTEL_EXPORTER_OTLP_ENDPOINT: "nowhere at all" })).toMatch(/could not be sent/);
  });

  test("a collector that never answers does not keep the run from its end", async () => {
    const silent = await listen(() => new Promise(() => {}));
    expect(await trouble({ OTEL_EXPORTER_OTLP_ENDPOINT: silent.url })).toContain("could not be sent");
    await silent.close();
  });

  test("OTEL_TRACES_SAMPLER may turn it off", async () => {
    expect(await trouble({ ...endpoint(), OTEL_TRACES_SAMPLER: "parentbased_always_off" })).toBeUndefined();
    expect(received).toEqual([]);
  });
});

test.each<[string, Readonly<Record<string, string>>, boolean]>([
  ["nothing is set", {}, false],
  ["only names are set", { OTEL_SERVICE_NAME: "gate", TRACEPARENT: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" }, false],
  ["an endpoint is set", { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" }, true],
  ["an endpoint for traces is set", { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://collector:4318/v1/traces" }, true],
  ["an endpoint is set to nothing", { OTEL_EXPORTER_OTLP_ENDPOINT: "" }, false],
  ["OTLP is named and no endpoint", { OTEL_TRACES_EXPORTER: "otlp" }, true],
  ["traces go nowhere", { OTEL_TRACES_EXPORTER: "none", OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" }, false],
  ["traces go elsewhere", { OTEL_TRACES_EXPORTER: "console", OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" }, false],
  ["all of it is disabled", { OTEL_SDK_DISABLED: "TRUE", OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" }, false],
  ["it is disabled by no", { OTEL_SDK_DISABLED: "no", OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" }, true],
])("where %s", (_, environment, wanted) => {
  expect(isWanted(environment)).toBe(wanted);
});
