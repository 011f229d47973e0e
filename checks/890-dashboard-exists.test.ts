import { expect, test } from "vitest";
import { type Change, inspect } from "../fixtures/inspect.ts";
import check from "./890-dashboard-exists.ts";

const name = "ohmycoins-prod";
const drawing =
  (metrics: readonly unknown[], more: { readonly properties?: object; readonly variables?: readonly object[] } = {}): Change =>
  ({ cloudwatch }) => {
    const { properties = {}, ...rest } = more;
    const body = JSON.stringify({
      widgets: [{ type: "metric", properties: { region: "ap-southeast-2", ...properties, metrics } }],
      ...rest,
    });
    cloudwatch.dashboards = [{ name, body }];
  };
const database = (id: string, ...more: readonly unknown[]) => ["AWS/RDS", "CPUUtilization", "DBInstanceIdentifier", id, ...more];
const balancer = (id: string) => ["AWS/ApplicationELB", "RequestCount", "LoadBalancer", id];

test("passes when the dashboard draws the stack, in shorthand as the console writes it", async () => {
  const [found] = await inspect(check);
  expect(found).toMatchObject({ subject: `dashboard:${name}`, status: "pass", evidence: { graphs: 4, foreign: [] } });
  expect(found?.evidence["own"]).toContain("ohmycoins-prod-frontend");
});

test("fails when there is none, when it has no graph, and when it draws another stack", async () => {
  const missing: Change = ({ cloudwatch }) => {
    cloudwatch.dashboards = [];
  };
  expect(await inspect(check, missing)).toMatchObject([{ status: "fail", says: "does not exist" }]);

  const headline: Change = ({ cloudwatch }) => {
    cloudwatch.dashboards = [{ name, body: JSON.stringify({ widgets: [{ type: "text", properties: { markdown: "# soon" } }] }) }];
  };
  expect(await inspect(check, headline)).toMatchObject([{ status: "fail", says: "shows no metric" }]);
  expect(await inspect(check, drawing([database("shop-postgres")]))).toMatchObject([
    { status: "fail", says: "shows nothing of this stack, but shop-postgres" },
  ]);
});

test("fails when it draws a load balancer that was replaced under the same name, whatever else it draws", async () => {
  const stale = drawing([balancer("app/ohmycoins-prod-alb/50dc6c495c0c9188"), database("ohmycoins-prod-postgres")]);
  expect(await inspect(check, stale)).toMatchObject([
    { status: "fail", says: "still draws app/ohmycoins-prod-alb/50dc6c495c0c9188, which is gone" },
  ]);
});

test("skips where no dashboard is configured", async () => {
  const none: Change = (_world, config) => void delete config.dashboards;
  expect(await inspect(check, none)).toMatchObject([{ status: "skip" }]);
});

test.each<[string, Change]>([
  ["a search finds", drawing([[{ expression: "SEARCH('{AWS/RDS,DBInstanceIdentifier} CPUUtilization', 'Average', 300)" }]])],
  ["a search beside a stranger finds", drawing([database("shop-postgres"), [{ expression: "SEARCH('{AWS/ECS,ClusterName} x')" }]])],
  ["a variable of the dashboard chooses", drawing([database("shop-postgres")], { variables: [{ property: "DBInstanceIdentifier" }] })],
  ["is in another region", drawing([database("shop-postgres")], { properties: { region: "us-east-1" } })],
  ["is in another account", drawing([database("shop-postgres", { accountId: "111122223333" })])],
  ["an alarm knows", drawing([], { properties: { metrics: undefined, annotations: { alarms: ["arn:aws:cloudwatch:…"] } } })],
  ["is the application's own", drawing([["OhMyCoins", "Trades", "Market", "BTC"]])],
])("is not judged by what %s", async (_what, change) => {
  expect(await inspect(check, change)).toMatchObject([{ status: "skip", says: "names nothing by which it could be judged" }]);
});

test("is not fooled by a neighbour that is drawn beside the stack, nor by a sum", async () => {
  const shared = drawing([database("shop-postgres"), database("ohmycoins-prod-postgres")]);
  expect(await inspect(check, shared)).toMatchObject([{ status: "pass", evidence: { foreign: ["shop-postgres"] } }]);
  const reckoned = drawing([database("shop-postgres", { id: "m1" }), [{ expression: "m1 * 2" }]]);
  expect(await inspect(check, reckoned)).toMatchObject([{ status: "fail" }]);
});

test("does not call a target group a stranger's while a service is missing to which it may belong", async () => {
  const group = "targetgroup/ohmycoins-prod-web/0123456789abcdef";
  const drawn = drawing([["AWS/ApplicationELB", "HealthyHostCount", "TargetGroup", group]]);
  expect(await inspect(check, drawn)).toMatchObject([{ status: "fail", says: `shows nothing of this stack, but ${group}` }]);
  const half: Change = (world, config) => {
    drawn(world, config);
    world.ecs.services = world.ecs.services.filter(({ serviceName }) => serviceName !== "ohmycoins-prod-frontend");
  };
  expect(await inspect(check, half)).toMatchObject([{ status: "skip", says: "names nothing by which it could be judged" }]);
});
