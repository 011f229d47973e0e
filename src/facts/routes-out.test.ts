import { expect, test } from "vitest";
import { internet } from "./cidr.ts";
import type { Route, RouteTable } from "./route-tables.ts";
import { leads, routeTo, tableOf } from "./routes-out.ts";

const table = (id: string, more: Partial<RouteTable>): RouteTable => ({ id, main: false, subnets: [], routes: [], ...more });
const route = (to: string, via: string | null, state: Route["state"] = "active"): Route => ({ to, via, state });

test("a subnet uses the table that names it, else the main one", () => {
  const [main, own] = [table("rtb-main", { main: true }), table("rtb-own", { subnets: ["subnet-1"] })];
  expect(tableOf([main, own], "subnet-1")).toBe(own);
  expect(tableOf([main, own], "subnet-2")).toBe(main);
  expect(tableOf([own], "subnet-2")).toBeNull();
});

test("the longest prefix wins, whatever the order", () => {
  const routes = [route(internet, "nat-1"), route("10.0.0.0/16", "local"), route("10.0.8.0/21", "pcx-1"), route("pl-1", "vpce-1")];
  const to = (cidr: string) => routeTo({ routes }, cidr)?.via;
  expect([to("10.0.9.0/24"), to("10.0.1.0/24"), to("203.0.113.7"), to(internet)]).toEqual(["pcx-1", "local", "nat-1", "nat-1"]);
  expect(routeTo({ routes: routes.slice(1) }, internet)).toBeNull();
});

test.each([
  ["local", "local"],
  ["nat-1", "nat"],
  ["igw-1", "internet"],
  ["eigw-1", "sixth-internet"],
  ["tgw-1", "elsewhere"],
  ["vgw-1", "elsewhere"],
  ["pcx-1", "elsewhere"],
  ["vpce-1", "elsewhere"],
  ["eni-1", "elsewhere"],
  ["cagw-1", "elsewhere"],
  [null, "elsewhere"],
])("a route by %s leads: %s", (via, where) => {
  expect(leads(route(internet, via))).toBe(where);
  expect(leads(route(internet, via, "blackhole"))).toBe("nowhere");
  expect(leads(route(internet, via, "filtered"))).toBe("elsewhere");
});

test("no route leads nowhere", () => {
  expect(leads(null)).toBe("nowhere");
});
