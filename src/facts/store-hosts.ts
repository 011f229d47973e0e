import type { Config } from "../config.ts";

/** A database or cache that the configuration names. */
export type Store = { readonly kind: "database" | "cache"; readonly name: string };

/**
 * The configured store that a host of RDS or ElastiCache belongs to; null where it belongs to none of them, and undefined where that
 * cannot be said: nothing of its kind is configured, or it is a proxy or a custom endpoint, whose name is not the database's.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.Endpoints.html
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Endpoints.html
 */
export function storeAt(host: string, { databases, caches }: Pick<Config, "databases" | "caches">): Store | null | undefined {
  const [first = "", second = ""] = host.toLowerCase().split(".");
  if (/\.rds\./i.test(host)) {
    const names = Object.keys(databases);
    if (names.length === 0 || /^(proxy|cluster-custom)-/.test(second)) return undefined;
    const name = names.find((one) => one.toLowerCase() === first);
    return name === undefined ? null : { kind: "database", name };
  }
  const names = Object.keys(caches);
  if (names.length === 0) return undefined;
  // A node or the reader; a serverless cache has a suffix of its own.
  const suffix = /\.serverless\./i.test(host) ? /^-[a-z0-9]{6}$/ : /^-(\d{3,4}(-\d{3})?|ro)$/;
  const isOf = (id: string) =>
    [first, second].some((label) => label === id || (label.startsWith(id) && suffix.test(label.slice(id.length))));
  const name = names.find((one) => isOf(one.toLowerCase()));
  return name === undefined ? null : { kind: "cache", name };
}
