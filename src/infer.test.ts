import { describe, expect, test } from "vitest";
import { loadBalancer, secretArn, secretName } from "../fixtures/ohmycoins/names.ts";
import { ohmycoins } from "../fixtures/ohmycoins.ts";
import { worldPort } from "../fixtures/port.ts";
import { alarm, rule, targetGroup, taskDefinition } from "../fixtures/verbs.ts";
import { worldWeb } from "../fixtures/web.ts";
import type { World } from "../fixtures/world.ts";
import { type Config, complete, inferable } from "./config.ts";
import { loadChecks } from "./discover.ts";
import { asInferred } from "./infer.ts";
import type { Report } from "./report.ts";
import { run } from "./run.ts";

const cluster = "ohmycoins-prod-cluster";

async function zeroConfiguration(change: (world: World) => void = () => {}, denied: string[] = [], stated: Partial<Config> = {}) {
  const world = ohmycoins();
  change(world);
  const calls: string[] = [];
  const port = worldPort({ world }, { denied });
  const { report, snapshot } = await run({
    ...{ config: { ...complete({ deployment: cluster, cluster, services: {} }), inferred: inferable, ...stated }, scene: "post-deploy" },
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

test("a cluster's name is enough: everything is found and judged", async () => {
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
  expect(Object.keys(config.alarms)).toHaveLength(9);
  expect(config).toMatchObject({
    services: {
      "ohmycoins-prod-backend": { host: "api.ohmycoins.com", path: "/api/v1/utils/health-check/" },
      "ohmycoins-prod-frontend": { host: "dashboard.ohmycoins.com", path: "/" },
    },
    notifications: { topics: ["ohmycoins-prod-alerts"] },
    dashboards: ["ohmycoins-prod"],
    databases: { "ohmycoins-prod-postgres": {} },
    caches: { "ohmycoins-prod-redis": {} },
  });
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
  ["elasticloadbalancing:DescribeRules", "route-reaches-service"],
  ["ecs:DescribeTaskDefinition", "database-available"],
  ["ecs:DescribeTaskDefinition", "cache-available"],
  ["ecs:DescribeTaskDefinition", "alarm-exists"],
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

test("without cloudwatch:ListDashboards it is not known which dashboards there are, and that is only a warning", async () => {
  const { report } = await zeroConfiguration(() => {}, ["cloudwatch:ListDashboards"]);
  expect([report.verdict, status(report, "dashboard-exists")]).toEqual(["GO", "unknown"]);
});

describe("secrets", () => {
  const keysOf = (...keys: string[]) => keys.map((name) => ({ name, valueFrom: `${secretArn}:${name}::` }));
  const give = (world: World, name: string, secrets: { name: string; valueFrom: string }[]) => {
    for (const container of taskDefinition(world, `${name}:2`).containerDefinitions ?? []) container.secrets = secrets;
  };

  test("a secret that two services share is injected whole only into those that ask for every key", async () => {
    const { config, report } = await zeroConfiguration((world) => {
      give(world, "ohmycoins-prod-backend", keysOf("SECRET_KEY", "SMTP_HOST"));
      give(world, "ohmycoins-prod-frontend", keysOf("SMTP_HOST"));
    });
    expect(config.secrets).toEqual({ [secretName]: { keys: ["SECRET_KEY", "SMTP_HOST"], injectedInto: ["ohmycoins-prod-backend"] } });
    expect(report.verdict).toBe("GO");
  });

  test("a secret that is injected as a whole has no key in particular", async () => {
    const { config } = await zeroConfiguration((world) => give(world, "ohmycoins-prod-backend", [{ name: "ALL", valueFrom: secretArn }]));
    expect(config.secrets).toEqual({ [secretName]: { keys: [], injectedInto: ["ohmycoins-prod-backend"] } });
  });

  test("a secret of another account has its name there, and is left to whoever asks by its ARN", async () => {
    const { config } = await zeroConfiguration((world) => {
      const [mine] = world.secretsmanager.secrets;
      const ARN = secretArn.replace("220711411889", "111122223333");
      if (mine) world.secretsmanager.secrets = [{ ...mine, ARN }];
      give(world, "ohmycoins-prod-backend", [{ name: "SECRET_KEY", valueFrom: `${ARN}:SECRET_KEY::` }]);
    });
    expect(config.secrets).toEqual({});
  });
});

describe("routes and endpoints", () => {
  const backend = "ohmycoins-prod-backend";

  test("a rule that takes another path than the health check's says nothing of the path", async () => {
    const { config } = await zeroConfiguration((world) => {
      const found = rule(world, "api.ohmycoins.com");
      found.Conditions = [...(found.Conditions ?? []), { Field: "path-pattern", PathPatternConfig: { Values: ["/", "/v2/*"] } }];
    });
    expect(config.services[backend]).toEqual({ host: "api.ohmycoins.com" });
    expect(config.endpoints[backend]).toBeUndefined();
  });

  test("where no host is asked for by name, none is meant", async () => {
    const { config } = await zeroConfiguration((world) => {
      rule(world, "api.ohmycoins.com").Conditions = [{ Field: "host-header", HostHeaderConfig: { Values: ["*.ohmycoins.com"] } }];
    });
    expect(config.services[backend]).toEqual({});
  });

  test.each<[string, (world: World) => void]>([
    ["on a port of its own", (world) => void Object.assign(targetGroup(world, `${backend}-tg`), { HealthCheckPort: "9000" })],
    [
      "by gRPC",
      (world) => void Object.assign(targetGroup(world, `${backend}-tg`), { ProtocolVersion: "GRPC", Matcher: { GrpcCode: "12" } }),
    ],
    [
      "behind a login",
      (world) => {
        const found = rule(world, "api.ohmycoins.com");
        found.Actions = [{ Type: "authenticate-oidc", Order: 1 }, ...(found.Actions ?? []).map((one) => ({ ...one, Order: 2 }))];
      },
    ],
  ])("what is checked %s is no endpoint of users", async (_, change) => {
    const { config } = await zeroConfiguration(change);
    expect(Object.keys(config.endpoints)).toEqual(["ohmycoins-prod-frontend"]);
  });
});

describe("alarms and dashboards", () => {
  const dimension = (Name: string, Value: string) => ({ Name, Value });
  const errors = "ohmycoins-prod-alb-5xx-errors";

  test.each([
    ["another service of the cluster", [dimension("ClusterName", cluster), dimension("ServiceName", "batch")]],
    ["a service of that name elsewhere", [dimension("ServiceName", "ohmycoins-prod-backend")]],
    [
      "another's target group behind the same load balancer",
      [dimension("LoadBalancer", loadBalancer), dimension("TargetGroup", "targetgroup/staging/1")],
    ],
    ["another database", [dimension("DBInstanceIdentifier", "ohmycoins-staging-postgres")]],
  ])("an alarm on %s is not this stack's", async (_, Dimensions) => {
    const { config } = await zeroConfiguration((world) => {
      alarm(world, errors).Dimensions = Dimensions;
    });
    expect(Object.keys(config.alarms)).not.toContain(errors);
    expect(Object.keys(config.alarms)).toHaveLength(8);
  });

  test("where an alarm tells somebody in another way, no topic is said to be meant", async () => {
    const { config, report } = await zeroConfiguration((world) => {
      alarm(world, errors).AlarmActions = ["arn:aws:lambda:ap-southeast-2:220711411889:function:page"];
    });
    expect(config.notifications).toBeUndefined();
    expect(status(report, "alarm-notifies")).toBe("pass");
  });

  test("a dashboard is the stack's by its name and by what it shows", async () => {
    const { config, calls } = await zeroConfiguration((world) => {
      const [own] = world.cloudwatch.dashboards;
      const text = { type: "text", properties: { markdown: "# Who to call" } };
      world.cloudwatch.dashboards.push(
        { name: "ohmycoins-prod-notes", body: JSON.stringify({ widgets: [text] }) },
        { name: "ohmycoins-production", body: own?.body ?? "" },
        { name: "somebody-elses", body: own?.body ?? "" },
        { name: "ohmycoins-prod-detail", body: own?.body ?? "" },
      );
    });
    expect(config.dashboards).toEqual(["ohmycoins-prod", "ohmycoins-prod-detail"]);
    expect(calls.filter((call) => call.startsWith("cloudwatch:GetDashboard "))).toHaveLength(3);
  });
});

test("a host in an environment that is no store of this account is nobody's fault", async () => {
  const { config, report } = await zeroConfiguration((world) => {
    const [container] = taskDefinition(world, "ohmycoins-prod-backend:2").containerDefinitions ?? [];
    container?.environment?.push(
      { name: "LEDGER", value: "ledger.c7gq2mz0v4kd.ap-southeast-2.rds.amazonaws.com" },
      { name: "POOL", value: "pool.proxy-c7gq2mz0v4kd.ap-southeast-2.rds.amazonaws.com" },
      { name: "SESSIONS", value: "sessions-001.sessions.w1xq8p.apse2.cache.amazonaws.com" },
    );
  });
  expect(Object.keys(config.databases)).toEqual(["ledger", "ohmycoins-prod-postgres"]);
  expect(Object.keys(config.caches)).toEqual(["ohmycoins-prod-redis", "sessions"]);
  expect(report.verdict).toBe("GO");
  expect(status(report, "environment-as-meant")).toBe("pass");
});

test("a snapshot keeps what was inferred under another configuration", async () => {
  const { config } = await zeroConfiguration();
  const stated = {
    ...complete({ deployment: cluster, cluster, services: { "ohmycoins-prod-backend": { desiredCount: 2 } } }),
    inferred: ["routes", "alarms"],
  } as const;
  const kept = asInferred(stated, config);
  expect(kept.services["ohmycoins-prod-backend"]).toEqual({
    desiredCount: 2,
    host: "api.ohmycoins.com",
    path: "/api/v1/utils/health-check/",
  });
  expect(kept.alarms).toEqual(config.alarms);
  expect(kept.databases).toEqual({});
});

test("what is stated is not looked for", async () => {
  const { config, calls } = await zeroConfiguration(() => {}, [], { inferred: ["secrets"], services: { "ohmycoins-prod-backend": {} } });
  expect(Object.keys(config.services)).toEqual(["ohmycoins-prod-backend"]);
  expect(config.alarms).toEqual({});
  expect(calls.filter((call) => call.startsWith("ecs:ListServices "))).toEqual([]);
});
