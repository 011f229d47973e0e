import type { Json } from "../fact.ts";
import type { Rate } from "./price-table.ts";

/** Which products of the Price List may have a thing's price, and which of these it is. */
export type Question = {
  readonly service: string;
  readonly filters: { readonly [field: string]: string };
  /** The type of usage, without the prefix of the region. */
  readonly usage: string;
  readonly attributes: { readonly [name: string]: readonly string[] };
  readonly per: Rate["per"];
};

const databaseEngines: Readonly<Record<string, string>> = { postgres: "PostgreSQL", mysql: "MySQL", mariadb: "MariaDB" };
const storageUsage: Readonly<Record<string, string>> = {
  gp2: "GP2-Storage",
  gp3: "GP3-Storage",
  io1: "PIOPS-Storage",
  standard: "StorageUsage",
};
const cacheEngines: Readonly<Record<string, string>> = { redis: "Redis", valkey: "Valkey", memcached: "Memcached" };

/** How the Price List is asked for a thing; null where it is not asked, since the thing costs the same everywhere or is not known there. */
export function questionOf(thing: string): Question | null {
  const [kind, first = "", second = "", third] = thing.split("/");
  const hourly = (service: string, productFamily: string, usage: string): Question => ({
    ...{ service, filters: { productFamily }, usage, attributes: {}, per: "hour" },
  });
  switch (kind) {
    case "nat-gateway":
      return hourly("AmazonEC2", "NAT Gateway", "NatGateway-Hours");
    case "load-balancer":
      // One question for all types: their operations tell them apart.
      return {
        service: "AWSELB",
        filters: {},
        usage: "LoadBalancerUsage",
        attributes: { operation: [`LoadBalancing:${capital(first)}`] },
        per: "hour",
      };
    case "vpc-endpoint":
      return hourly("AmazonVPC", "VpcEndpoint", "VpcEndpoint-Hours");
    case "storage": {
      const [engine, type] = [databaseEngines[first], storageUsage[second]];
      if (engine === undefined || type === undefined) return null;
      const usage = `RDS:${third === "multi-az" ? "Multi-AZ-" : ""}${type}`;
      const filters = { productFamily: "Database Storage" };
      return { service: "AmazonRDS", filters, usage, attributes: { databaseEngine: [engine, "Any"] }, per: "GB-month" };
    }
    case "cache-node": {
      const engine = cacheEngines[first];
      if (engine === undefined) return null;
      const filters = { productFamily: "Cache Instance", instanceType: second };
      return { service: "AmazonElastiCache", filters, usage: `NodeUsage:${second}`, attributes: { cacheEngine: [engine] }, per: "hour" };
    }
    default:
      return null;
  }
}

/** The price among these products, where they agree on one: on demand, from the first unit on. */
export function priceIn(products: readonly string[], { usage, attributes, per }: Question): Rate | null {
  const prices = products.map(productOf).flatMap((product) => {
    const { usagetype = "" } = product.attributes;
    // Regions have one prefix, and us-east-1 may have none; what has more of them is something else.
    const isIt =
      usagetype === usage || (usagetype.endsWith(`-${usage}`) && /^[A-Z]{2,4}\d{0,2}$/.test(usagetype.slice(0, -usage.length - 1)));
    const fits = Object.entries(attributes).every(([name, values]) => values.includes(product.attributes[name] ?? ""));
    return isIt && fits && !usagetype.startsWith("TS-") ? product.prices : [];
  });
  const [usd] = prices;
  return usd !== undefined && prices.every((price) => price === usd) ? { usd, per } : null;
}

type Product = { readonly attributes: { readonly [name: string]: string | undefined }; readonly prices: readonly number[] };
type Tree = { readonly [name: string]: Json | undefined };

/** A document of the Price List, as far as it is on demand and in USD. */
function productOf(text: string): Product {
  const { product, terms } = tree(JSON.parse(text) as Json);
  const attributes = Object.entries(tree(tree(product)["attributes"]));
  const dimensions = Object.values(tree(tree(terms)["OnDemand"])).flatMap((term) => Object.values(tree(tree(term)["priceDimensions"])));
  const first = dimensions.map(tree).filter(({ beginRange = "0" }) => beginRange === "0");
  const prices = first.flatMap(({ pricePerUnit }) => Number.parseFloat(String(tree(pricePerUnit)["USD"])));
  return {
    attributes: Object.fromEntries(attributes.map(([name, value]) => [name, String(value)])),
    prices: prices.filter((usd) => Number.isFinite(usd) && usd > 0),
  };
}

const tree = (value: Json | undefined): Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Tree) : {};

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
