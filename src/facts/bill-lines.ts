/** A line of the bill: how many of what, at which price, in USD; null where the price is not known. */
export type Line = {
  readonly item: string;
  readonly count: number;
  readonly price: string | null;
  readonly monthly: number | null;
  readonly from: string;
};

/** Hours in a month, as AWS's own calculator counts. */
const hours = 730;
/** Adds numbers up. */
export const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
/** An amount to the cent. */
export const cents = (amount: number) => Math.round(amount * 100) / 100;

/** An amount as people write it. */
export const usd = (amount: number): string => `${amount.toFixed(2)} USD`;

type Priced = { readonly rate: { readonly usd: number; readonly per: "hour" | "month" | "GB-month" } | null; readonly from: string };

/** What so many of a thing cost a month. */
export function lineOf(thing: string, count: number, { rate, from }: Priced): Line {
  const item = labelOf(thing);
  if (rate === null) return { item, count, price: null, monthly: null, from };
  const monthly = cents(count * rate.usd * (rate.per === "hour" ? hours : 1));
  return { item, count, price: `${rate.usd} USD per ${rate.per}`, monthly, from };
}

const labels: Readonly<Record<string, string>> = {
  "nat-gateway": "NAT gateway",
  "public-address": "public IPv4 address",
  "vpc-endpoint": "VPC endpoint in a zone",
  "load-balancer/application": "Application Load Balancer",
  "load-balancer/network": "Network Load Balancer",
  "composite-alarm": "composite alarm",
};

/** What people call a thing. */
function labelOf(thing: string): string {
  const [kind, first, second, third] = thing.split("/");
  if (kind === "storage") return `GB of ${second} for ${first}${third === "multi-az" ? ", in two zones" : ""}`;
  return kind === "cache-node" ? `${second} node of ${first}` : (labels[thing] ?? thing);
}

/** A thing whose price depends on what is in it. */
export const unpricedLine = (item: string): Line => ({ item, count: 1, price: null, monthly: null, from: "nobody" });
