import type { Config } from "../config.ts";

/** A database or cache that the configuration names. */
export type Store = { readonly kind: "database" | "cache"; readonly name: string };

/** Stores as the configuration names them; where it does not say which are meant, they are those that hosts name. */
type Stores = Pick<Config, "databases" | "caches"> & Partial<Pick<Config, "inferred">>;

/**
 * The configured store that a host of RDS or ElastiCache belongs to; null where it belongs to none of them, and undefined where that
 * cannot be said: nothing of its kind is configured, or it is a proxy or a custom endpoint, whose name is not the database's.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.Endpoints.html
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Endpoints.html
 */
export function storeAt(host: string, { databases, caches, inferred = [] }: Stores): Store | null | undefined {
  const isDatabase = /\.rds\./i.test(host);
  const [kind, names] = isDatabase ? (["database", Object.keys(databases)] as const) : (["cache", Object.keys(caches)] as const);
  if (isDatabase && isNoDatabase.test(host)) return undefined;
  const name = names.find((one) => (isDatabase ? isOfDatabase : isOfCache)(host.toLowerCase(), one.toLowerCase()));
  if (name !== undefined) return { kind, name };
  if (inferred.includes(isDatabase ? "databases" : "caches")) return storeNamed(host);
  return names.length === 0 ? undefined : null;
}

/** The store that a host names by itself; undefined for a proxy or a custom endpoint. Of a cache's node it is the cache. */
export function storeNamed(host: string): Store | undefined {
  const [first = "", second = ""] = host.toLowerCase().split(".");
  if (/\.rds\./i.test(host)) return isNoDatabase.test(host) ? undefined : { kind: "database", name: first };
  if (/^(master|replica|clustercfg)$/.test(first)) return { kind: "cache", name: second };
  if (/\.serverless\./i.test(host)) return { kind: "cache", name: first.replace(serverlessSuffix, "") };
  // With encryption in transit a node's host has the cache's name after its own.
  return { kind: "cache", name: first.startsWith(`${second}-`) ? second : first.replace(nodeSuffix, "") };
}

/** The names of the stores of a kind that containers' plain environment names, in order. */
export function storesNamed(
  kind: Store["kind"],
  definitions: readonly { readonly containers: readonly { readonly hosts: { readonly [variable: string]: string } }[] }[],
): readonly string[] {
  const hosts = definitions.flatMap(({ containers }) => containers.flatMap((container) => Object.values(container.hosts)));
  const names = hosts.flatMap((host) => storeNamed(host) ?? []).flatMap((store) => (store.kind === kind ? store.name : []));
  return [...new Set(names)].sort();
}

const isNoDatabase = /^[^.]+\.(proxy|cluster-custom)-/i;
const nodeSuffix = /-(\d{3,4}(-\d{3})?|ro)$/;
const serverlessSuffix = /-[a-z0-9]{6}$/;

const isOfDatabase = (host: string, name: string) => host.split(".")[0] === name;

/** A host of the cache, of a node of it, or of its reader. */
function isOfCache(host: string, name: string): boolean {
  const suffix = /\.serverless\./.test(host) ? serverlessSuffix : nodeSuffix;
  const labels = host.split(".").slice(0, 2);
  return labels.some((label) => label === name || (label.startsWith(name) && label.replace(suffix, "") === name));
}
