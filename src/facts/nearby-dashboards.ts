import { defineFact, given, known, type Reading } from "../fact.ts";
import { stackName } from "./stack-name.ts";

/** The dashboards that are called after the stack, asked for only where the configuration names none. */
export const nearbyDashboards = defineFact("nearbyDashboards", {
  kind: "dashboards",
  calls: ["cloudwatch:ListDashboards"],

  subjects: ({ config }) => [stackName(config.cluster)],

  ask: ({ aws, subject }) => aws.cloudwatch.ListDashboards({ DashboardNamePrefix: subject }),

  read({ DashboardEntries }, { subject }): Reading<{ readonly names: readonly string[] }> {
    const names = given(DashboardEntries, "DashboardEntries").map(({ DashboardName }) => given(DashboardName, "DashboardName"));
    // Of `shop`, `shop` and `shop-alb`; not `shopping`.
    return known({ names: names.filter((name) => name.startsWith(subject) && !/^[a-z0-9]/i.test(name.slice(subject.length))) });
  },
});
