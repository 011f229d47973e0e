import { covers, prefixLength } from "./cidr.ts";
import type { Route, RouteTable } from "./route-tables.ts";

/** The route table that a subnet uses: its own, else the main one. Null where it is another account's, and not shown. */
export const tableOf = (tables: readonly RouteTable[], subnet: string): RouteTable | null =>
  tables.find(({ subnets }) => subnets.includes(subnet)) ?? tables.find(({ main }) => main) ?? null;

/** The route that packets for an address, or for a whole range, take: the one with the longest prefix. Prefix lists are not looked into. */
export function routeTo({ routes }: Pick<RouteTable, "routes">, cidr: string): Route | null {
  const fitting = routes.filter(({ to }) => covers(to, cidr));
  return fitting.toSorted((one, other) => prefixLength(other.to) - prefixLength(one.to))[0] ?? null;
}

const kinds = [
  [/^local$/, "local"],
  [/^nat-/, "nat"],
  [/^igw-/, "internet"],
  [/^eigw-/, "sixth-internet"],
] as const;

/** Where a route leads, as far as descriptions tell: `elsewhere` is what cannot be followed, such as a transit gateway or a firewall. */
export type Leads = (typeof kinds)[number][1] | "nowhere" | "elsewhere";

/** Where a route leads. A blackhole leads nowhere, and so does no route. */
export function leads(route: Route | null): Leads {
  if (route === null || route.state === "blackhole") return "nowhere";
  if (route.state === "filtered") return "elsewhere";
  return kinds.find(([id]) => id.test(route.via ?? ""))?.[1] ?? "elsewhere";
}

/** The ranges of addresses that a network has, as its route tables tell. */
export const rangesOf = (tables: readonly RouteTable[]): readonly string[] => [
  ...new Set(tables.flatMap(({ routes }) => routes.filter(({ via }) => via === "local").map(({ to }) => to))),
];
