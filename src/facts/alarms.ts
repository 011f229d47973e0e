import { absent, defineFact, given, known, type Link, type Reading } from "../fact.ts";
import { type Alarm, compositeAlarm, isTopic, metricAlarm, nameOf, type Watched } from "./alarm-types.ts";
import { loadBalancerOf, targetGroupOf } from "./metrics.ts";

/** The alarms that the configuration names. */
export const alarms = defineFact("alarms", {
  kind: "alarm",
  calls: ["cloudwatch:DescribeAlarms"],
  batch: 100,
  volatile: true,

  subjects: ({ config }) => Object.keys(config.alarms),

  async ask({ aws, subjects }) {
    // Unless told, AWS leaves out composite alarms.
    const describe = (AlarmNames: string[]) =>
      aws.cloudwatch.DescribeAlarms({ AlarmNames, AlarmTypes: ["MetricAlarm", "CompositeAlarm"], MaxRecords: 100 });
    const answer = await describe(subjects);
    const suppressors = (answer.CompositeAlarms ?? []).flatMap(({ ActionsSuppressor }) =>
      ActionsSuppressor ? [nameOf(ActionsSuppressor)] : [],
    );
    return { ...answer, suppressors: suppressors.length > 0 ? await describe([...new Set(suppressors)]) : {} };
  },

  read({ MetricAlarms, CompositeAlarms, suppressors }, { subject }): Reading<Alarm> {
    given(MetricAlarms ?? CompositeAlarms, "list of alarms");
    const named = (name: string) => (alarm: { readonly AlarmName?: string | undefined }) => alarm.AlarmName === name;
    const metric = MetricAlarms?.find(named(subject));
    if (metric) return known(metricAlarm(metric));

    const composite = CompositeAlarms?.find(named(subject));
    if (!composite) return absent("there is no alarm of this name");
    if (!composite.ActionsSuppressor) return known(compositeAlarm(composite, null));
    const name = nameOf(composite.ActionsSuppressor);
    const suppressor = [...(suppressors.MetricAlarms ?? []), ...(suppressors.CompositeAlarms ?? [])].find(named(name));
    return known(compositeAlarm(composite, { name, state: suppressor?.StateValue ?? null }));
  },

  links: (alarm, name): Link[] =>
    [
      ...alarm.actions.filter(isTopic).map((arn) => `topic:${arn}`),
      ...(alarm.type === "composite" ? alarm.children.map((child) => `alarm:${child}`) : alarm.watches.flatMap(watchedBy)),
    ].map((below) => [`alarm:${name}`, below]),
});

/** The subjects that a metric is about, by its dimensions. */
function watchedBy({ dimensions }: Watched): readonly string[] {
  const { ServiceName, TargetGroup, LoadBalancer } = dimensions;
  const database = dimensions["DBInstanceIdentifier"] ?? dimensions["DBClusterIdentifier"];
  const cache = dimensions["CacheClusterId"] ?? dimensions["ReplicationGroupId"] ?? dimensions["clusterId"];
  return [
    ...(ServiceName === undefined ? [] : [`service:${ServiceName}`]),
    ...(TargetGroup === undefined ? [] : ["target-group", "targets"].map((kind) => `${kind}:${targetGroupOf(TargetGroup)}`)),
    ...(LoadBalancer === undefined ? [] : [`load-balancer:${loadBalancerOf(LoadBalancer)}`]),
    ...(database === undefined ? [] : [`database:${database}`]),
    ...(cache === undefined ? [] : [`cache:${cache}`]),
  ];
}
