/** The day whose public on-demand prices these are. */
export const tabledOn = "2026-01-15";

/** What is paid for a thing: in USD for an hour, a month, or a GB kept for a month. */
export type Rate = { readonly usd: number; readonly per: "hour" | "month" | "GB-month" };

const hour = (usd: number): Rate => ({ usd, per: "hour" });
const month = (usd: number): Rate => ({ usd, per: "month" });
const gigabyte = (usd: number): Rate => ({ usd, per: "GB-month" });

/** The same in every region of the partition aws. */
const everywhere: Readonly<Record<string, Rate>> = {
  // https://aws.amazon.com/vpc/pricing/: since February 2024 for every public IPv4 address.
  "public-address": hour(0.005),
  // https://aws.amazon.com/secrets-manager/pricing/
  secret: month(0.4),
  // https://aws.amazon.com/cloudwatch/pricing/: of standard resolution.
  alarm: month(0.1),
  "composite-alarm": month(0.5),
  dashboard: month(3),
};

/**
 * On-demand prices of two regions; elsewhere a price that the Price List does not tell is not known.
 * @see https://aws.amazon.com/vpc/pricing/ https://aws.amazon.com/privatelink/pricing/
 * @see https://aws.amazon.com/elasticloadbalancing/pricing/
 * @see https://aws.amazon.com/rds/postgresql/pricing/ https://aws.amazon.com/elasticache/pricing/
 */
const regional: Readonly<Record<string, Readonly<Record<string, Rate>>>> = {
  "us-east-1": {
    "nat-gateway": hour(0.045),
    "load-balancer/application": hour(0.0225),
    "load-balancer/network": hour(0.0225),
    "vpc-endpoint": hour(0.01),
    ...storage(0.115),
    ...nodes({ "t3.micro": 0.017, "t3.small": 0.034, "t3.medium": 0.068, "t4g.micro": 0.016, "t4g.small": 0.032, "t4g.medium": 0.065 }),
  },
  "ap-southeast-2": {
    "nat-gateway": hour(0.059),
    "load-balancer/application": hour(0.0252),
    "load-balancer/network": hour(0.0252),
    "vpc-endpoint": hour(0.013),
    ...storage(0.138),
    ...nodes({ "t3.micro": 0.025, "t4g.micro": 0.024 }),
  },
};

/** General-purpose storage of PostgreSQL, MySQL and MariaDB; a standby in a second zone doubles it. */
function storage(usd: number): Readonly<Record<string, Rate>> {
  const rates = ["postgres", "mysql", "mariadb"].flatMap((engine) =>
    ["gp2", "gp3"].flatMap((type) => [
      [`storage/${engine}/${type}/single-az`, gigabyte(usd)],
      [`storage/${engine}/${type}/multi-az`, gigabyte(2 * usd)],
    ]),
  );
  return Object.fromEntries(rates);
}

/** Nodes of ElastiCache for Redis OSS. */
function nodes(usd: Readonly<Record<string, number>>): Readonly<Record<string, Rate>> {
  return Object.fromEntries(Object.entries(usd).map(([size, price]) => [`cache-node/redis/cache.${size}`, hour(price)]));
}

/** The tabled price of a thing in a region, null where there is none. */
export function tabled(thing: string, region: string | undefined): Rate | null {
  if (region === undefined || /^(cn|us-gov|us-iso|eu-isoe|eusc)/.test(region)) return null;
  return regional[region]?.[thing] ?? everywhere[thing] ?? null;
}
