import { defineFact, given, known, type Reading } from "../fact.ts";

/** An alarm as far as it takes to tell whose it is. `rule` is a composite alarm's. */
export type NearbyAlarm = {
  readonly name: string;
  readonly dimensions: readonly { readonly name: string; readonly value: string }[];
  readonly rule: string | null;
  /** All that it does is to scale: such an alarm is in ALARM on the best of days. */
  readonly scales: boolean;
  /** What it does when it goes into ALARM, by ARN. */
  readonly actions: readonly string[];
};

/** All alarms of the region, asked for only where the configuration names none. */
export const nearbyAlarms = defineFact("nearbyAlarms", {
  kind: "alarms",
  calls: ["cloudwatch:DescribeAlarms"],

  subjects: () => ["all"],

  ask: ({ aws }) => aws.cloudwatch.DescribeAlarms({ AlarmTypes: ["MetricAlarm", "CompositeAlarm"], MaxRecords: 100 }),

  read({ MetricAlarms = [], CompositeAlarms = [] }): Reading<{ readonly alarms: readonly NearbyAlarm[] }> {
    const metric = MetricAlarms.map(({ AlarmName, Dimensions = [], Metrics = [], AlarmActions = [] }) => {
      const dimensions = [...Dimensions, ...Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric?.Dimensions ?? [])];
      return {
        name: given(AlarmName, "AlarmName"),
        dimensions: dimensions.map(({ Name, Value }) => ({ name: given(Name, "dimension name"), value: given(Value, "dimension value") })),
        rule: null,
        scales: AlarmActions.length > 0 && AlarmActions.every((action) => action.includes(":autoscaling:")),
        actions: AlarmActions,
      };
    });
    const composite = CompositeAlarms.map(({ AlarmName, AlarmRule, AlarmActions = [] }) => {
      const rule = given(AlarmRule, "AlarmRule");
      return { name: given(AlarmName, "AlarmName"), dimensions: [], rule, scales: false, actions: AlarmActions };
    });
    return known({ alarms: [...metric, ...composite] });
  },
});
