import { expect, test } from "vitest";
import { Mistake } from "../mistake.ts";
import { readTerraform } from "./terraform.ts";

const region = "ap-southeast-2:220711411889";
const group = `arn:aws:elasticloadbalancing:${region}:targetgroup/backend/1`;
const topic = `arn:aws:sns:${region}:alerts`;
const secret = `arn:aws:secretsmanager:${region}:secret:app-secrets-Xk3T9q`;

const managed = (type: string, values: object, sensitive_values: unknown = {}) => ({ mode: "managed", type, values, sensitive_values });
const inRoot = (...resources: object[]) => ({ root_module: { resources } });
const state = (...resources: object[]) => JSON.stringify({ format_version: "1.0", values: inRoot(...resources) });

test("a service, its secrets' keys and its stores are read, in child modules as well", () => {
  const service = managed("aws_ecs_service", {
    name: "backend",
    cluster: `arn:aws:ecs:${region}:cluster/prod`,
    desired_count: 3,
    load_balancer: [{ target_group_arn: group, container_name: "backend", container_port: 8000 }],
  });
  const containers = JSON.stringify([{ name: "backend", secrets: [{ name: "A", valueFrom: `${secret}:A::` }] }]);
  const module = {
    child_modules: [
      { resources: [service], child_modules: [{ resources: [managed("aws_secretsmanager_secret", { name: "app-secrets" })] }] },
    ],
    resources: [
      managed("aws_ecs_task_definition", { family: "backend", revision: 7, container_definitions: containers }),
      managed("aws_db_instance", {
        identifier: "orders",
        engine_version: "17.2",
        multi_az: true,
        backup_retention_period: 30,
        password: "x",
      }),
      managed("aws_rds_cluster", { cluster_identifier: "ledger", engine_version: "16.4", backup_retention_period: 7 }),
      managed("aws_elasticache_replication_group", {
        replication_group_id: "sessions",
        engine_version: "7.0",
        num_cache_clusters: 2,
        multi_az_enabled: true,
      }),
      managed("aws_elasticache_cluster", { cluster_id: "sessions-001", replication_group_id: "sessions" }),
    ],
  };
  const meant = readTerraform(JSON.stringify({ format_version: "1.0", values: { root_module: module } }), "f");
  expect(meant).toMatchObject({
    services: { backend: { cluster: "prod", desiredCount: 3, targetGroups: [group] } },
    asked: [{ family: "backend", revision: 7, secret: "app-secrets-Xk3T9q", key: "A" }],
    secrets: ["app-secrets"],
    databases: {
      orders: { engineVersion: "17.2", multiAz: true, backupRetentionDays: 30 },
      ledger: { engineVersion: "16.4", backupRetentionDays: 7 },
    },
  });
  expect(meant.caches).toEqual({ sessions: { engineVersion: "7.0", nodes: 2, multiAz: true } });
});

test("alarms, dashboards, topics, hosts and the scheme are read", () => {
  const cpu = {
    namespace: "AWS/RDS",
    metric_name: "CPUUtilization",
    statistic: "Average",
    threshold: 80,
    period: 300,
    evaluation_periods: 2,
  };
  const rule = {
    condition: [{ host_header: [{ values: ["api.shop.com"] }], path_pattern: [] }],
    action: [{ type: "forward", target_group_arn: group }],
  };
  const meant = readTerraform(
    state(
      managed("aws_cloudwatch_metric_alarm", {
        alarm_name: "cpu",
        ...cpu,
        comparison_operator: "GreaterThanThreshold",
        alarm_actions: [topic],
      }),
      managed("aws_cloudwatch_metric_alarm", { alarm_name: "rate", metric_query: [{ id: "e" }], evaluation_periods: 1 }),
      managed("aws_cloudwatch_dashboard", { dashboard_name: "shop" }),
      managed("aws_sns_topic", { name: "alerts", arn: topic }),
      managed("aws_lb", { name: "shop", internal: false }),
      managed("aws_lb_listener_rule", rule),
      managed("aws_lb_listener_rule", {
        ...rule,
        action: [{ target_group_arn: "other" }],
        condition: [{ host_header: [{ values: ["*.shop.com"] }] }],
      }),
    ),
    "f",
  );
  expect(meant.alarms).toEqual({
    cpu: {
      namespace: "AWS/RDS",
      metric: "CPUUtilization",
      statistic: "Average",
      comparison: ">",
      threshold: 80,
      period: 300,
      evaluationPeriods: 2,
    },
    rate: { evaluationPeriods: 1 },
  });
  expect(meant).toMatchObject({
    dashboards: ["shop"],
    topics: ["alerts"],
    notified: ["alerts"],
    hosts: { [group]: "api.shop.com" },
    scheme: "internet-facing",
  });
  expect(Object.keys(meant.hosts)).toEqual([group]);
});

test("of a plan, what is planned counts, and what is not known yet has no name", () => {
  const planned_values = inRoot(
    managed("aws_secretsmanager_secret", { name: "new" }),
    managed("aws_secretsmanager_secret", { name_prefix: "later-" }),
  );
  const plan = {
    format_version: "1.2",
    planned_values,
    prior_state: { values: inRoot(managed("aws_secretsmanager_secret", { name: "old" })) },
  };
  expect(readTerraform(JSON.stringify(plan), "f").secrets).toEqual(["new"]);
});

test("nothing that is sensitive is taken, and no version of a secret", () => {
  const word = "correct-horse-battery";
  const meant = readTerraform(
    JSON.stringify({
      format_version: "1.0",
      values: {
        outputs: { dsn: { sensitive: true, value: `postgres://u:${word}@hidden.c7gq2mz0v4kd.eu-west-1.rds.amazonaws.com/x` } },
        ...inRoot(
          managed("aws_secretsmanager_secret_version", { secret_string: word, name: word }, { secret_string: true }),
          managed(
            "aws_db_instance",
            { identifier: "orders", password: word, engine_version: word },
            { password: true, engine_version: true },
          ),
          managed(
            "aws_ecs_task_definition",
            { family: "f", container_definitions: `[{"secrets":[{"valueFrom":"${secret}:${word}::"}]}]` },
            { container_definitions: true },
          ),
          managed("aws_cloudwatch_dashboard", { dashboard_name: word }, true),
          { mode: "data", type: "aws_secretsmanager_secret", values: { name: word } },
        ),
      },
    }),
    "f",
  );
  expect(JSON.stringify(meant)).not.toContain(word);
  expect(meant.databases).toEqual({ orders: {} });
  expect(meant.hints.databases).toEqual([]);
});

test("outputs are hints: hosts and ARNs, however deep", () => {
  const output = (value: unknown, sensitive = false) => ({ sensitive, type: "string", value });
  const { hints } = readTerraform(
    JSON.stringify({
      hosts: output({
        db: "orders.c7gq2mz0v4kd.ap-southeast-2.rds.amazonaws.com:5432",
        cache: ["master.sessions.w1xq8p.apse2.cache.amazonaws.com"],
      }),
      secret: output(secret),
      alarm: output(`arn:aws:cloudwatch:${region}:alarm:cpu: high`),
      dashboard: output("arn:aws:cloudwatch::220711411889:dashboard/shop"),
      words: output("shop"),
      count: output(3),
    }),
    "f",
  );
  expect(hints).toEqual({
    secrets: ["app-secrets"],
    alarms: ["cpu: high"],
    databases: ["orders"],
    caches: ["sessions"],
    dashboards: ["shop"],
  });
});

test("a backend in S3 says where the lock is", () => {
  const config = { bucket: "state", key: "prod/terraform.tfstate", dynamodb_table: "lock", secret_key: "x" };
  expect(readTerraform(JSON.stringify({ version: 3, backend: { type: "s3", config } }), "f").lock).toEqual({
    state: "state/prod/terraform.tfstate",
    lockTable: "lock",
  });
});

test.each([
  ["not json", "is no JSON object"],
  ["[1]", "is no JSON object"],
  ['{"version":4,"resources":[]}', "is a state as Terraform stores it"],
  ['{"name":"shop"}', "is nothing that Terraform shows as JSON"],
])("%s is refused, with what is expected", (text, says) => {
  const read = () => readTerraform(text, "t.json");
  expect(read).toThrow(says);
  expect(read).toThrow(Mistake);
});

test.each(["{}", '{"format_version":"1.0"}', '{"format_version":"1.0","values":{"root_module":{}}}'])(
  "%s means nothing, and is none the worse",
  (text) => {
    expect(readTerraform(text, "f")).toMatchObject({ services: {}, secrets: [], alarms: {} });
  },
);

test("values of another kind than Terraform's own are left alone", () => {
  const odd = managed("aws_cloudwatch_metric_alarm", {
    alarm_name: "cpu",
    metric_name: "x",
    threshold: "80",
    period: 0.5,
    evaluation_periods: null,
  });
  expect(readTerraform(state(odd, managed("aws_db_instance", { identifier: 7 })), "f")).toMatchObject({
    alarms: { cpu: { metric: "x" } },
    databases: {},
  });
});
