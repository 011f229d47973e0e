import { expect, test } from "vitest";
import { ohmycoins } from "../fixtures/ohmycoins.ts";
import { worldPort } from "../fixtures/port.ts";
import { alarm } from "../fixtures/verbs.ts";
import { worldWeb } from "../fixtures/web.ts";
import type { World } from "../fixtures/world.ts";
import { type Config, complete, type Inferable } from "./config.ts";
import { loadChecks } from "./discover.ts";
import type { Report } from "./report.ts";
import { run } from "./run.ts";

const cluster = "ohmycoins-prod-cluster";
const everything: readonly Inferable[] = ["services", "secrets", "endpoints", "alarms"];

async function zeroConfiguration(change: (world: World) => void = () => {}, denied: string[] = [], stated: Partial<Config> = {}) {
  const world = ohmycoins();
  change(world);
  const calls: string[] = [];
  const port = worldPort({ world }, { denied });
  const { report, snapshot } = await run({
    ...{ config: { ...complete({ deployment: cluster, cluster, services: {} }), inferred: everything, ...stated }, scene: "post-deploy" },
    ...{ checks: await loadChecks(), version: "0", clock: () => world.now, signal: new AbortController().signal },
    ...{ deadline: 5_000, wait: 0, calls: () => ({}), web: worldWeb({ world }) },
    port: (action, input, options) => {
      calls.push(`${action} ${JSON.stringify(input)}`);
      return port(action, input, options);
    },
  });
  return { report, config: snapshot.config, calls };
}
const status = ({ checks }: Report, id: string) => checks.find((check) => check.id === id)?.status;

test("a cluster's name is enough: services, secrets, endpoints and alarms are found and judged", async () => {
  const { report, config } = await zeroConfiguration();
  expect(report.verdict).toBe("GO");
  expect(Object.keys(config.services)).toEqual(["ohmycoins-prod-backend", "ohmycoins-prod-frontend"]);
  expect(config.secrets).toMatchObject({
    "ohmycoins-prod-app-secrets": {
      keys: expect.arrayContaining(["SECRET_KEY", "POSTGRES_PASSWORD"]),
      injectedInto: ["ohmycoins-prod-backend"],
    },
  });
  expect(config.endpoints["ohmycoins-prod-backend"]).toMatchObject({
    url: "http://ohmycoins-prod-alb-1133770157.ap-southeast-2.elb.amazonaws.com/api/v1/utils/health-check/",
    host: "api.ohmycoins.com",
    service: "ohmycoins-prod-backend",
  });
  expect(Object.keys(config.alarms)).toContain("ohmycoins-prod-alb-5xx-errors");
  expect(["secret-keys-present", "endpoint-answers", "alarm-exists"].map((id) => status(report, id))).toEqual(["pass", "pass", "pass"]);
});

test("nothing is asked twice but what must not have moved", async () => {
  const { calls } = await zeroConfiguration();
  const twice = [...Map.groupBy(calls, (call) => call)].filter(([, times]) => times.length > 1).map(([call]) => call.split(" ")[0]);
  expect(twice).toEqual(["ecs:DescribeServices"]);
});

test.each([
  ["ecs:ListServices", "service-exists"],
  ["elasticloadbalancing:DescribeRules", "endpoint-answers"],
  ["cloudwatch:DescribeAlarms", "alarm-exists"],
  ["secretsmanager:DescribeSecret", "secret-keys-present"],
])("without %s, what would have been found is not left out: %s is unknown", async (action, id) => {
  const { report } = await zeroConfiguration(() => {}, [action]);
  expect([report.verdict, status(report, id)]).toEqual(["HOLD", "unknown"]);
});

test("a cluster that is not there, or is empty, is no GO", async () => {
  const { report } = await zeroConfiguration((world) => {
    world.ecs.services = [];
  });
  expect(report.verdict).toBe("NO-GO");
});

test("an alarm that scales sounds on the best of days, and is nobody's alarm", async () => {
  const scaling = "arn:aws:autoscaling:ap-southeast-2:220711411889:scalingPolicy:x:resource/ecs/service/a/b:policyName/c";
  const { config, report } = await zeroConfiguration((world) => {
    Object.assign(alarm(world, "ohmycoins-prod-alb-5xx-errors"), { AlarmActions: [scaling], StateValue: "ALARM" });
  });
  expect(Object.keys(config.alarms)).not.toContain("ohmycoins-prod-alb-5xx-errors");
  expect(report.verdict).toBe("GO");
});

test("what is stated is not looked for", async () => {
  const { config, calls } = await zeroConfiguration(() => {}, [], { inferred: ["secrets"], services: { "ohmycoins-prod-backend": {} } });
  expect(Object.keys(config.services)).toEqual(["ohmycoins-prod-backend"]);
  expect(config.alarms).toEqual({});
  expect(calls.filter((call) => call.startsWith("ecs:ListServices "))).toEqual([]);
});
