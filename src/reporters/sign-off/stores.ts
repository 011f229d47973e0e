import { type Block, type Cell, cell } from "./blocks.ts";
import { inventory } from "./inventory-table.ts";
import { readingsOf, type Stand } from "./readings.ts";

/** The databases, caches and secrets that the services lean on, and the network's ways out. */
export const storesTables = (stand: Stand): readonly Block[] => [
  ...[...databasesTable(stand), ...cachesTable(stand), ...secretsTable(stand), ...networksTable(stand)],
];

const isWell = (condition: string, text: string): Cell =>
  cell(text, condition === "serving" ? "good" : condition === "stopped" ? "aside" : "open");

const databasesTable = (stand: Stand) =>
  inventory(
    "Databases",
    ["database", "state", "engine", "size", "storage", "Multi-AZ", "backups", "reached at"],
    readingsOf(stand, "databases"),
    (one) => {
      const { name, status, condition, engine, version, instances, storage, multiAz, backupDays, hosts, port, restartsAt } = one;
      const classes = instances.map((instance) => `${instance.class}${instances.length > 1 ? ` (${instance.role})` : ""}`).join(", ");
      return [
        name,
        isWell(condition, restartsAt === null ? status : `${status}; AWS starts it on ${restartsAt.slice(0, 10)}`),
        `${engine} ${version}`,
        classes || (one.serverless ? "serverless" : "not known"),
        `${storage.gigabytes === null ? "grows with the data" : `${storage.gigabytes} GB`} ${storage.type ?? ""}, ${storage.encrypted ? "" : "not "}encrypted`,
        multiAz ? "yes" : "no",
        backupDays === 0 ? cell("none", "bad") : `${backupDays} days`,
        placeOf(hosts, port),
      ];
    },
  );

const cachesTable = (stand: Stand) =>
  inventory("Caches", ["cache", "state", "engine", "nodes", "failover", "reached at"], readingsOf(stand, "caches"), (one) => {
    const { name, status, condition, engine, versions, nodes, automaticFailover, multiAz, hosts, port } = one;
    const classes = [...Map.groupBy(nodes, (node) => node.class ?? "unknown size")].map(([size, own]) => `${own.length} × ${size}`);
    const zones = multiAz === null ? "" : multiAz ? ", several zones" : ", one zone";
    return [
      name,
      isWell(condition, status),
      `${engine} ${versions.join(", ")}`,
      classes.join(", ") || "serverless",
      automaticFailover === null ? "by AWS" : `${automaticFailover ? "automatic" : "none"}${zones}`,
      placeOf(hosts, port),
    ];
  });

const placeOf = (hosts: readonly string[], port: number | null) => (hosts[0] === undefined ? "nowhere yet" : `${hosts[0]}:${port ?? "?"}`);

/** Of secrets only how many keys they hold, and since when. */
const secretsTable = (stand: Stand) =>
  inventory("Secrets", ["secret", "holds", "current since", "version"], readingsOf(stand, "secretValues"), (one, name) => {
    const keys = Object.keys(one.keys).length;
    return [name, keys > 0 ? `${keys} keys` : one.format, one.created.slice(0, 10), one.version];
  });

const networksTable = (stand: Stand) =>
  inventory("Networks", ["network", "NAT gateways"], readingsOf(stand, "natGateways"), (gateways, name) => [
    name,
    gateways.map(({ id, state }) => `${id} (${state})`).join(", ") || "none",
  ]);
