import { expect, test } from "vitest";
import { drawnIn } from "./widgets.ts";

const widget = (metrics: readonly unknown[], more: object = {}) => ({
  type: "metric",
  properties: { region: "eu-west-1", metrics, ...more },
});
const drawn = (...widgets: readonly object[]) => drawnIn(JSON.parse(JSON.stringify({ widgets })));
const dimensions = (...widgets: readonly object[]) => drawn(...widgets).drawn.map((one) => one.dimensions);

test("a row is read in full, with where it is from", () => {
  expect(
    drawn(widget([["AWS/ECS", "CPUUtilization", "ServiceName", "web", "ClusterName", "main", { accountId: "1", region: "us-east-1" }]])),
  ).toEqual({
    widgets: 1,
    graphs: 1,
    computed: false,
    drawn: [
      {
        namespace: "AWS/ECS",
        metric: "CPUUtilization",
        dimensions: { ServiceName: "web", ClusterName: "main" },
        region: "us-east-1",
        account: "1",
      },
    ],
  });
});

test.each([
  [["AWS/ECS", "CPU", "Service", "web", "Cluster", "main"], [".", "Memory", ".", ".", ".", "."], { Service: "web", Cluster: "main" }],
  [["AWS/ECS", "CPU", "Service", "web", "Cluster", "main"], ["...", "api", ".", "."], { Service: "api", Cluster: "main" }],
  [["AWS/EC2", "CPU", "Instance", "i-1"], ["...", "i-2"], { Instance: "i-2" }],
  [["AWS/EC2", "CPU", "Instance", "i-1"], ["AWS/RDS", ".", "Database", "db"], { Database: "db" }],
  [["AWS/EC2", "CPU", "Instance", "i-1"], ["...", { stat: "Maximum" }], { Instance: "i-1" }],
])("below %j, %j stands for %j", (above, row, meant) => {
  expect(dimensions(widget([above, row]))[1]).toEqual(meant);
});

test("an expression over rows is nothing of its own, and does not come between a row and its shorthand", () => {
  const rows = [["A", "m", "D", "1"], [{ expression: "m1 * 2", label: "twice" }], ["...", "2"]];
  expect(drawn(widget(rows))).toMatchObject({ computed: false, drawn: [{ dimensions: { D: "1" } }, { dimensions: { D: "2" } }] });
});

test.each<[string, object]>([
  ["a search", widget([[{ expression: "SEARCH('{AWS/ECS,ServiceName} CPU', 'Average')" }]])],
  ["a query", widget([[{ expression: 'SELECT AVG(CPUUtilization) FROM SCHEMA("AWS/RDS")' }]])],
  ["an explorer", { type: "explorer", properties: { metrics: [{ metricName: "CPUUtilization" }] } }],
  ["an alarm", { type: "alarm", properties: { alarms: ["arn"] } }],
  ["an alarm's graph", { type: "metric", properties: { annotations: { alarms: ["arn"] } } }],
])("%s finds by itself what it draws", (_what, one) => {
  expect(drawn(one)).toEqual({ widgets: 1, graphs: 1, drawn: [], computed: true });
});

test("what is no graph counts as a widget alone, and a body that holds nothing is empty", () => {
  expect(drawn({ type: "text", properties: {} }, { type: "log", properties: { query: "" } })).toMatchObject({ widgets: 2, graphs: 0 });
  expect(drawnIn({})).toEqual({ widgets: 0, graphs: 0, drawn: [], computed: false });
});

test("what a variable of the dashboard chooses is not what it draws", () => {
  const body = (variable: object) => ({ widgets: [widget([["A", "m", "D", "shop-1"]])], variables: [variable] });
  expect(drawnIn(JSON.parse(JSON.stringify(body({ type: "property", property: "D" }))))).toMatchObject({ drawn: [], computed: true });
  expect(drawnIn(JSON.parse(JSON.stringify(body({ type: "pattern", pattern: "shop" }))))).toMatchObject({ drawn: [], computed: true });
  expect(drawnIn(JSON.parse(JSON.stringify(body({ type: "property", property: "region" }))))).toMatchObject({ computed: false });
});
