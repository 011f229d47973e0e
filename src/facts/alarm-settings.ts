import type { Config } from "../config.ts";
import type { Json } from "../fact.ts";
import { type MetricAlarm, scalesOnly } from "./alarm-types.ts";
import { countsEvents, worseWhen } from "./metrics.ts";

/** What the configuration states of an alarm. */
export type StatedAlarm = Config["alarms"][string];

/** A setting that is not as configured. */
export type Difference = { readonly what: keyof StatedAlarm; readonly is: string | number | null; readonly configured: string | number };

/** A change to an alarm's definition; what is undefined is left out of it. */
export type Redefinition = { readonly [member: string]: Json | undefined };

/** The settings that differ. Of several metrics in an expression, the one that is configured counts. */
export function differencesOf(
  { watches, comparison, threshold, evaluationPeriods }: MetricAlarm,
  stated: StatedAlarm,
): readonly Difference[] {
  const meant = watches.find(({ metric }) => metric === stated.metric) ?? watches[0];
  const found = { ...meant, comparison, threshold, evaluationPeriods };
  return (Object.entries(stated) as [keyof StatedAlarm, string | number][])
    .map(([what, configured]) => ({ what, is: found[what] ?? null, configured }))
    .filter(({ is, configured }) => String(is).toLowerCase() !== String(configured).toLowerCase());
}

const operators = {
  ">": "GreaterThanThreshold",
  ">=": "GreaterThanOrEqualToThreshold",
  "<": "LessThanThreshold",
  "<=": "LessThanOrEqualToThreshold",
} as const;

const statistics = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"];

/** What to change so that the differences are gone; null where one alarm cannot simply be made into the other. */
export function redefinitionFor({ definition }: MetricAlarm, differences: readonly Difference[]): Redefinition | null {
  const { namespace, metric, comparison, statistic, ...rest } = Object.fromEntries(
    differences.map(({ what, configured }) => [what, configured]),
  ) as StatedAlarm;
  // Another metric has other dimensions, and an expression its own places for all this.
  if (namespace !== undefined || metric !== undefined || definition["MetricName"] === undefined) return null;
  const plain = statistics.find((one) => one.toLowerCase() === statistic?.toLowerCase());
  const { period, threshold, evaluationPeriods } = rest;
  return {
    ...(period !== undefined && { Period: period }),
    ...(threshold !== undefined && { Threshold: threshold }),
    ...(evaluationPeriods !== undefined && { EvaluationPeriods: evaluationPeriods, DatapointsToAlarm: undefined }),
    ...(comparison !== undefined && { ComparisonOperator: operators[comparison] }),
    ...(statistic !== undefined && { Statistic: plain, ExtendedStatistic: plain === undefined ? statistic : undefined }),
  };
}

/** Why an alarm can never tell of trouble, and what to do about it. */
export type Blindness = { readonly says: string; readonly remedy: string; readonly change: Redefinition };

/** Whether a setting that is not stated makes the alarm blind. Proven or not said: of a metric that is not well known there is nothing to say. */
export function blindnessOf(alarm: MetricAlarm, stated: StatedAlarm): Blindness | null {
  const { watches, comparison, threshold, computed } = alarm;
  const [watched] = watches;
  const worse = watched ? worseWhen(watched) : null;
  if (!watched || worse === null || comparison === null || comparison === "band" || computed || scalesOnly(alarm)) return null;
  const { namespace, metric, statistic } = watched;
  // The number of samples that ECS sends is the number of tasks, and no samples elsewhere are no heartbeat: both are worth an alarm.
  if (statistic === "SampleCount" && (comparison.startsWith("<") || !["AWS/RDS", "AWS/ElastiCache"].includes(namespace))) return null;

  if (stated.comparison === undefined && comparison.startsWith(worse === "up" ? "<" : ">")) {
    const change = { ComparisonOperator: operators[worse === "up" ? ">" : "<"] };
    return {
      says: `compares with ${comparison}, while ${metric} goes ${worse} as things get worse`,
      remedy: "Turn the comparison round.",
      change,
    };
  }
  if (stated.statistic !== undefined) return null;
  const always1 = countsEvents(watched) && statistic !== "Sum";
  if (always1 && (comparison === ">=" ? (threshold ?? 0) > 1 : (threshold ?? 0) >= 1)) {
    const says = `watches the ${statistic} of ${metric}, which is always 1 and never ${comparison} ${threshold}`;
    return { says, remedy: "Watch the sum.", change: { Statistic: "Sum", ExtendedStatistic: undefined } };
  }
  if (statistic !== "SampleCount") return null;
  const says = `watches how many samples of ${metric} there are, and not what they say`;
  return { says, remedy: "Watch the average.", change: { Statistic: "Average" } };
}
