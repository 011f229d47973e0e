import { absent, defineFact, given, known, type Reading } from "../fact.ts";
import { services } from "./services.ts";

/** An alarm that ends a deployment when it goes off. */
export type DeploymentAlarm = { readonly name: string; readonly arn: string };

/** The alarms that the services' deployments watch, by name. */
export const deploymentAlarms = defineFact("deploymentAlarms", {
  kind: "deployment-alarm",
  calls: ["cloudwatch:DescribeAlarms"],
  needs: [services],
  batch: 100,

  subjects: ({ facts }) => facts.services.all().flatMap((service) => service.deploymentAlarms?.names ?? []),

  ask: ({ aws, subjects }) =>
    aws.cloudwatch.DescribeAlarms({ AlarmNames: subjects, AlarmTypes: ["MetricAlarm", "CompositeAlarm"], MaxRecords: 100 }),

  read({ MetricAlarms, CompositeAlarms }, { subject }): Reading<DeploymentAlarm> {
    given(MetricAlarms ?? CompositeAlarms, "list of alarms");
    const alarm = [...(MetricAlarms ?? []), ...(CompositeAlarms ?? [])].find(({ AlarmName }) => AlarmName === subject);
    return alarm ? known({ name: subject, arn: given(alarm.AlarmArn, "AlarmArn") }) : absent("there is no alarm of this name");
  },
});
