import type { CompositeAlarm as SdkComposite, MetricAlarm as SdkMetric } from "@aws-sdk/client-cloudwatch";
import { given, type Json, oneOf } from "../fact.ts";

/** A metric that an alarm reads. `account` is where it is not the alarm's own. */
export type Watched = {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: { readonly [name: string]: string };
  readonly statistic: string;
  readonly period: number;
  readonly account: string | null;
};

const states = ["OK", "ALARM", "INSUFFICIENT_DATA"] as const;
const comparisons = {
  GreaterThanThreshold: ">",
  GreaterThanOrEqualToThreshold: ">=",
  LessThanThreshold: "<",
  LessThanOrEqualToThreshold: "<=",
  GreaterThanUpperThreshold: "band",
  LessThanLowerThreshold: "band",
  LessThanLowerOrGreaterThanUpperThreshold: "band",
} as const;

/** How an alarm compares; "band" with what is usual, where it detects anomalies. */
export type Comparison = (typeof comparisons)[keyof typeof comparisons];

type Common = {
  readonly name: string;
  readonly arn: string;
  readonly state: (typeof states)[number];
  readonly since: string | null;
  readonly reason: string | null;
  readonly enabled: boolean;
  /** What it does when it goes into ALARM, by ARN. */
  readonly actions: readonly string[];
  /** All of it that can be put, so that a command which changes one thing keeps the rest. */
  readonly definition: { readonly [member: string]: Json };
};

/** An alarm over metrics: over one of them as it is, or where `computed` over an expression or a query. */
export type MetricAlarm = Common & {
  readonly type: "metric";
  readonly computed: boolean;
  readonly watches: readonly Watched[];
  readonly comparison: Comparison | null;
  readonly threshold: number | null;
  readonly evaluationPeriods: number | null;
};

/** An alarm over other alarms. `suppressor` is the alarm that silences it, with its state where it exists. */
export type CompositeAlarm = Common & {
  readonly type: "composite";
  readonly rule: string;
  readonly children: readonly string[];
  readonly suppressor: { readonly name: string; readonly state: string | null } | null;
};

/** An alarm of either type. */
export type Alarm = MetricAlarm | CompositeAlarm;

/** Whether an action is to publish to a topic. */
export const isTopic = (action: string): boolean => /^arn:[\w-]+:sns:/.test(action);

/** Whether all that an alarm does is to scale: such an alarm is in ALARM on the best of days. */
export const scalesOnly = ({ actions }: Alarm): boolean =>
  actions.length > 0 && actions.every((action) => action.includes(":autoscaling:"));

/** The composite alarms among these that go off with this one, and do something about it. */
export const speakersFor = ({ name }: Alarm, all: readonly Alarm[]): readonly CompositeAlarm[] =>
  all.flatMap((one) => (one.type === "composite" && one.enabled && one.actions.length > 0 && one.children.includes(name) ? one : []));

/** The command and its `--cli-input-json` that put an alarm anew with a change, and all the rest as it is. */
export const redefinition = (
  { type, definition }: Alarm,
  change: { readonly [member: string]: Json | undefined },
): readonly [command: string, input: string] => [`put-${type}-alarm`, JSON.stringify({ ...definition, ...change })];

/** An alarm's name, where AWS takes a name or an ARN. */
export const nameOf = (id: string): string => (id.startsWith("arn:") ? id.split(":").slice(6).join(":") : id);

function common(alarm: SdkMetric | SdkComposite): Common {
  const since = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp;
  return {
    name: given(alarm.AlarmName, "AlarmName"),
    arn: given(alarm.AlarmArn, "AlarmArn"),
    state: oneOf(alarm.StateValue, states),
    since: since?.toISOString() ?? null,
    reason: alarm.StateReason ?? null,
    enabled: given(alarm.ActionsEnabled, "ActionsEnabled"),
    actions: alarm.AlarmActions ?? [],
    definition: definitionOf(alarm),
  };
}

/** What AWS tells about an alarm and does not take, besides times. */
const told = [
  "AlarmArn",
  "StateValue",
  "StateReason",
  "StateReasonData",
  "EvaluationState",
  "ActionsSuppressedBy",
  "ActionsSuppressedReason",
];

const definitionOf = (alarm: SdkMetric | SdkComposite): Common["definition"] =>
  JSON.parse(JSON.stringify(alarm, (key, value) => (told.includes(key) || key.endsWith("Timestamp") ? undefined : value)));

/** Reads an alarm over metrics. */
export function metricAlarm(alarm: SdkMetric): MetricAlarm {
  const { Metrics = [], EvaluationCriteria, ComparisonOperator } = alarm;
  const operator = EvaluationCriteria ? null : oneOf(ComparisonOperator, Object.keys(comparisons) as (keyof typeof comparisons)[]);
  const queried = Metrics.flatMap(({ MetricStat, AccountId }) => {
    const { Metric, Stat, Period } = MetricStat ?? {};
    return Metric ? [watched({ ...Metric, Statistic: Stat, Period, account: AccountId })] : [];
  });
  return {
    ...common(alarm),
    type: "metric",
    computed: EvaluationCriteria !== undefined || Metrics.some(({ MetricStat }) => !MetricStat),
    watches: EvaluationCriteria || Metrics.length > 0 ? queried : [watched(alarm)],
    comparison: operator === null ? null : comparisons[operator],
    threshold: alarm.Threshold ?? null,
    evaluationPeriods: alarm.EvaluationPeriods ?? null,
  };
}

type SdkWatched = Pick<SdkMetric, "Namespace" | "MetricName" | "Dimensions" | "ExtendedStatistic" | "Period"> & {
  readonly Statistic?: string | undefined;
  readonly account?: string | undefined;
};

function watched({ Namespace, MetricName, Dimensions = [], Statistic, ExtendedStatistic, Period, account }: SdkWatched): Watched {
  return {
    namespace: given(Namespace, "Namespace"),
    metric: given(MetricName, "MetricName"),
    dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [given(Name, "dimension name"), given(Value, "dimension value")])),
    statistic: given(Statistic ?? ExtendedStatistic, "Statistic"),
    period: given(Period, "Period"),
    account: account ?? null,
  };
}

/** Reads an alarm over alarms; the state of its suppressor is told elsewhere. */
export function compositeAlarm(alarm: SdkComposite, suppressor: CompositeAlarm["suppressor"]): CompositeAlarm {
  const rule = given(alarm.AlarmRule, "AlarmRule");
  return { ...common(alarm), type: "composite", rule, children: childrenOf(rule), suppressor };
}

const keyword = /^(ALARM|OK|INSUFFICIENT_DATA|AND|OR|NOT|TRUE|FALSE|AT_LEAST|\d+%?)$/i;

/** The alarms that a rule names. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
function childrenOf(rule: string): readonly string[] {
  const words = rule.match(/"[^"]*"|[^\s(),"]+/g) ?? [];
  return [...new Set(words.filter((word) => !keyword.test(word)).map((word) => nameOf(word.replaceAll('"', ""))))];
}
