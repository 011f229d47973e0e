import { absent, defineFact, given, type Json, known, type Reading } from "../fact.ts";
import { stackName } from "./stack-name.ts";
import { type Drawn, drawnIn } from "./widgets.ts";

/** A dashboard: how many of its widgets show metrics, and what is drawn there as far as it is named. */
export type Dashboard = {
  readonly widgets: number;
  readonly graphs: number;
  readonly drawn: readonly Drawn[];
  /** Some of what is drawn is found by an expression, a search or a variable. */
  readonly computed: boolean;
};

/** The dashboards that the configuration names. */
export const dashboards = defineFact("dashboards", {
  kind: "dashboard",
  calls: ["cloudwatch:GetDashboard"],
  // Both are the same code of CloudWatch's, which has two shapes for it.
  absentOn: ["DashboardNotFoundError", "ResourceNotFound: "],

  subjects: ({ config }) => config.dashboards ?? [],

  ask: ({ aws, subject }) => aws.cloudwatch.GetDashboard({ DashboardName: subject }),

  read({ DashboardBody }): Reading<Dashboard> {
    const body = given(DashboardBody, "DashboardBody");
    return body === "" ? absent("it has no body") : known(drawnIn(JSON.parse(body) as Json));
  },

  // A dashboard is the account's and no region's. Those that are looked for are called after the stack.
  resources({ cluster, dashboards = [], inferred }, arn) {
    const names = inferred.includes("dashboards") ? [`${stackName(cluster)}*`.replace("**", "*")] : dashboards;
    const regionless = (name: string) => arn("cloudwatch", `dashboard/${name}`).replace(/^(arn:[^:]*:cloudwatch):[^:]*/, "$1:");
    return { "cloudwatch:GetDashboard": names.map(regionless) };
  },
});
