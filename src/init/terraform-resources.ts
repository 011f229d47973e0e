import { isTopic } from "../facts/alarm-types.ts";
import { suffix, targetOf } from "../facts/references.ts";
import { topicName } from "../facts/topics.ts";
import { number, objects, present, text, texts, type Values, whole, yesOrNo } from "./json.ts";
import { type Meant, nothingMeant, together } from "./meant.ts";
import type { Resource } from "./terraform.ts";

/** What resources of these types mean. Of any other type nothing is taken; of a secret's versions least of all. */
export const meantBy = (resources: readonly Resource[]): Meant =>
  together(resources.map(({ type, values }) => ({ ...nothingMeant, ...(readers[type]?.(values) ?? {}) })));

const readers: { readonly [type: string]: (values: Values) => Partial<Meant> } = {
  aws_ecs_service(values) {
    const { name, cluster, desired_count: desired, scheduling_strategy: strategy, load_balancer: balancers } = values;
    const desiredCount = strategy === "DAEMON" ? null : whole(desired);
    const targetGroups = objects(balancers).flatMap((one) => text(one["target_group_arn"]) ?? []);
    return named(name, (own) => ({
      services: { [own]: { cluster: text(cluster)?.split("/").at(-1) ?? null, desiredCount, targetGroups } },
    }));
  },

  aws_ecs_task_definition({ family, revision, container_definitions: containers }) {
    const secrets = containersOf(containers).flatMap((container) => objects(container["secrets"]));
    return named(family, (own) => ({
      asked: secrets.flatMap(({ valueFrom }) => {
        const target = targetOf(text(valueFrom) ?? "");
        if (target.to !== "secret" || target.key === "") return [];
        return { family: own, revision: whole(revision), secret: target.resource, key: target.key };
      }),
    }));
  },

  aws_secretsmanager_secret: ({ name }) => named(name, (own) => ({ secrets: [own] })),

  aws_db_instance: ({ identifier, engine_version: version, multi_az: multiAz, backup_retention_period: days }) =>
    named(identifier, (own) => ({
      databases: { [own]: present({ engineVersion: text(version), multiAz: yesOrNo(multiAz), backupRetentionDays: whole(days) }) },
    })),

  aws_rds_cluster: ({ cluster_identifier: id, engine_version: version, backup_retention_period: days }) =>
    named(id, (own) => ({ databases: { [own]: present({ engineVersion: text(version), backupRetentionDays: whole(days) }) } })),

  aws_elasticache_replication_group(values) {
    const meant = {
      engineVersion: text(values["engine_version"]),
      nodes: whole(values["num_cache_clusters"], 1),
      automaticFailover: yesOrNo(values["automatic_failover_enabled"]),
      multiAz: yesOrNo(values["multi_az_enabled"]),
    };
    return named(values["replication_group_id"], (own) => ({ caches: { [own]: present(meant) } }));
  },

  aws_elasticache_cluster: ({ cluster_id: id, replication_group_id: group, engine_version: version, num_cache_nodes: nodes }) =>
    // One with a group is a node of it.
    text(group) !== null
      ? {}
      : named(id, (own) => ({ caches: { [own]: present({ engineVersion: text(version), nodes: whole(nodes, 1) }) } })),

  aws_cloudwatch_metric_alarm(values) {
    const evaluationPeriods = whole(values["evaluation_periods"], 1);
    const metric = {
      namespace: text(values["namespace"]),
      metric: text(values["metric_name"]),
      statistic: text(values["statistic"]) ?? text(values["extended_statistic"]),
      comparison: comparisons[text(values["comparison_operator"]) ?? ""],
      threshold: number(values["threshold"]),
      period: whole(values["period"], 1),
    };
    // Over an expression, there is no one metric.
    const own = present({ ...(metric.metric === null ? {} : metric), evaluationPeriods });
    return named(values["alarm_name"], (name) => ({ alarms: { [name]: own }, notified: topicsIn(values["alarm_actions"]) }));
  },

  aws_cloudwatch_composite_alarm: ({ alarm_name: name, alarm_actions: actions }) =>
    named(name, (own) => ({ alarms: { [own]: {} }, notified: topicsIn(actions) })),

  aws_cloudwatch_dashboard: ({ dashboard_name: name }) => named(name, (own) => ({ dashboards: [own] })),

  aws_sns_topic: ({ name }) => named(name, (own) => ({ topics: [own] })),

  aws_lb: ({ internal }) => (typeof internal === "boolean" ? { scheme: internal ? "internal" : "internet-facing" } : {}),
  aws_alb: (values) => readers["aws_lb"]?.(values) ?? {},

  aws_lb_listener_rule({ condition, action }) {
    const conditions = objects(condition).flatMap((one) => Object.entries(one).filter(([, asked]) => objects(asked).length > 0));
    const [host] = conditions.flatMap(([field, asked]) =>
      field === "host_header" ? objects(asked).flatMap((one) => texts(one["values"])) : [],
    );
    const group = objects(action).flatMap((one) => text(one["target_group_arn"]) ?? [])[0];
    return conditions.length === 1 && host && !/[*?]/.test(host) && group ? { hosts: { [group]: host } } : {};
  },
  aws_alb_listener_rule: (values) => readers["aws_lb_listener_rule"]?.(values) ?? {},
};

const comparisons: { readonly [operator: string]: ">" | ">=" | "<" | "<=" } = {
  GreaterThanThreshold: ">",
  GreaterThanOrEqualToThreshold: ">=",
  LessThanThreshold: "<",
  LessThanOrEqualToThreshold: "<=",
};

/** The name of a secret that a reference's resource stands for: without the suffix of a full ARN. */
export const secretName = (resource: string) => resource.replace(suffix, "");

const topicsIn = (actions: unknown) => texts(actions).filter(isTopic).map(topicName);

/** What a plan does not know yet has no name. */
const named = (name: unknown, read: (name: string) => Partial<Meant>): Partial<Meant> => (text(name) === null ? {} : read(String(name)));

function containersOf(json: unknown): readonly Values[] {
  try {
    return objects(JSON.parse(text(json) ?? "[]"));
  } catch {
    return [];
  }
}
