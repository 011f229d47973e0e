import { defineCheck, fail, pass, sh, skip } from "../src/check.ts";
import { internet } from "../src/facts/cidr.ts";
import { natGateways } from "../src/facts/nat-gateways.ts";
import { routeTables } from "../src/facts/route-tables.ts";
import { routeTo, tableOf } from "../src/facts/routes-out.ts";
import { services } from "../src/facts/services.ts";
import { subnets } from "../src/facts/subnets.ts";

export default defineCheck({
  title: "Every service's subnets are spread over the availability zones",
  why: "Zones fail. What stands in one, or leaves through one, is down with it.",
  severity: "warning",
  about: services,
  needs: [subnets, routeTables, natGateways],
  none: skip("there is no service"),

  evaluate({ network }, facts, { config }) {
    if (network === null) return skip("has no network of its own: its tasks use that of the instances that they run on");
    const known = network.subnets.flatMap((id) => facts.subnets.find(id) ?? []);
    if (known.length < network.subnets.length) return skip("names a subnet that does not exist");

    const stated = config.network?.availabilityZones;
    const zones = [...new Set(known.map(({ zone }) => zone))].sort();
    const says = `has subnets in ${zones.length} ${zones.length === 1 ? "zone" : "zones"}`;
    const evidence = { zones, subnets: network.subnets };
    const missing = Array.isArray(stated) ? stated.filter((zone) => !zones.includes(zone)) : [];
    const [vpc = ""] = known.map((subnet) => subnet.vpc);
    const look = sh`aws ec2 describe-subnets --filters ${`Name=vpc-id,Values=${vpc}`} --query ${"Subnets[].[AvailabilityZone,SubnetId,CidrBlock]"}`;
    const spread = { do: "Add a subnet of another zone to the service.", run: [look] };
    if (missing.length > 0) return fail(`has no subnet in ${missing.join(" and ")}`, { ...evidence, stated: [...missing] }, spread);
    const least = typeof stated === "number" ? stated : Array.isArray(stated) ? stated.length : 2;
    if (zones.length < least)
      return fail(`has subnets in ${zones.length} of ${least} zones: ${zones.join(", ")}`, { ...evidence, atLeast: least }, spread);
    if (stated === undefined || zones.length < 2) return pass(says, evidence);

    const ways = known.map(({ id }) => {
      const table = tableOf(facts.routeTables.get(vpc), id);
      return { table: table?.id ?? "", via: (table && routeTo(table, internet)?.via) ?? null };
    });
    const [first] = ways;
    const nat = facts.natGateways.get(vpc).find(({ id }) => id === first?.via);
    if (nat?.subnet && ways.every(({ via }) => via === nat.id))
      return fail(
        `has subnets in ${zones.length} zones, which all leave through ${nat.id}`,
        { ...evidence, natGateway: nat.id, routeTables: ways.map(({ table }) => table) },
        {
          do: "Create a NAT gateway in each zone, and lead the default route of each zone's subnets to its own.",
          run: [sh`aws ec2 describe-nat-gateways --filter ${`Name=vpc-id,Values=${vpc}`}`],
        },
      );
    return pass(says, { ...evidence, through: ways.map(({ via }) => via) });
  },
});
