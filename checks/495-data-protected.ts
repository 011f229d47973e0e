import { defineCheck, fail, on, pass, sh, skip } from "../src/check.ts";
import { type Exposure, exposuresOfCache, exposuresOfDatabase } from "../src/diagnosis/exposure.ts";
import { cacheSubnetGroups } from "../src/facts/cache-subnet-groups.ts";
import { caches } from "../src/facts/caches.ts";
import { internet, sixthInternet } from "../src/facts/cidr.ts";
import { dataStores } from "../src/facts/data-stores.ts";
import { databases } from "../src/facts/databases.ts";
import { groupsLet } from "../src/facts/firewall.ts";
import { loadBalancers } from "../src/facts/load-balancers.ts";
import { routeTables } from "../src/facts/route-tables.ts";
import { leads, routeTo, tableOf } from "../src/facts/routes-out.ts";
import { securityGroups } from "../src/facts/security-groups.ts";
import { subnets } from "../src/facts/subnets.ts";

/** Any address at all. */
const world = [internet, sixthInternet];

export default defineCheck({
  title: "Every database and cache is closed to the world, encrypted, and safe from deletion",
  why: "Customers' data that can be read by a stranger, or deleted by a slip of the hand, is the end of their trust.",
  severity: { "pre-scale-up": "advice", "post-deploy": "advice", "sign-off": "warning" },
  about: dataStores,
  needs: [databases, caches, cacheSubnetGroups, subnets, loadBalancers, securityGroups, routeTables],
  none: skip("the configuration names no database and no cache"),

  evaluate({ kind, name, port, securityGroups: ids }, facts) {
    const database = kind === "database" ? facts.databases.get(name) : null;
    const cache = kind === "cache" ? facts.caches.get(name) : null;
    const group = cache?.subnetGroup ? facts.cacheSubnetGroups.get(cache.subnetGroup) : null;
    const standsIn = database?.subnets ?? cache?.subnets ?? group?.subnets ?? [];
    // The networks of the services and load balancers: a security group tells in which of them the store stands.
    const networks = new Set([...facts.subnets.all(), ...facts.loadBalancers.all()].flatMap(({ vpc }) => vpc ?? []));
    const network = [...networks].find((vpc) => facts.securityGroups.get(vpc).some(({ id }) => ids.includes(id))) ?? null;
    const groups = network === null ? [] : facts.securityGroups.get(network).filter(({ id }) => ids.includes(id));
    const tables = network === null ? [] : facts.routeTables.get(network);
    const open = groups.filter((one) => port !== null && world.some((cidr) => groupsLet([one], "in", [port, port], { cidr }) === "yes"));
    const routed = standsIn.filter((subnet) => {
      const table = tableOf(tables, subnet);
      return table !== null && world.some((cidr) => leads(routeTo(table, cidr)) === "internet");
    });

    const faults: readonly Exposure[] = [
      ...(database ? exposuresOfDatabase(database) : []),
      ...(cache ? exposuresOfCache(cache) : []),
      ...open.map(({ id }) => ({
        says: `is open to any address by ${id}`,
        run: sh`aws ec2 describe-security-group-rules --filters Name=group-id,Values=${id}`,
      })),
      ...(routed.length > 0 ? [{ says: `stands in subnets with a way to the internet: ${routed.join(", ")}` }] : []),
    ];
    const evidence = { network, securityGroups: ids, subnets: standsIn };
    const mend = { do: "Close the store to the world, and protect what is in it.", run: faults.flatMap(({ run }) => run ?? []) };
    const says = faults.map((fault) => fault.says).join("; ");
    const wrong = faults.length > 0 ? fail(says, evidence, mend) : null;
    const right =
      network === null
        ? skip("is protected by its own settings, and stands in a network that is not looked into here")
        : pass("is out of the world's reach, and protected", evidence);
    return on(`${kind}:${name}`, wrong ?? right);
  },
});
