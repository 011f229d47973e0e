import { internet } from "../../facts/cidr.ts";
import { loadBalancers } from "../../facts/load-balancers.ts";
import { natGateways } from "../../facts/nat-gateways.ts";
import { routeTables } from "../../facts/route-tables.ts";
import { routeTo, tableOf } from "../../facts/routes-out.ts";
import { services } from "../../facts/services.ts";
import { type Subnet, subnets } from "../../facts/subnets.ts";
import { allOf, type Material, oneOf, type Part } from "../part.ts";

/** How many zones the services span, and whether the load balancer faces the internet. */
export function networkPart(material: Material): Part {
  const { zones, doubt } = zonesOf(material);
  const schemes = [...new Set(allOf(material, loadBalancers).map(({ scheme }) => scheme))];
  const scheme = schemes.length === 0 ? material.meant.scheme : schemes.length === 1 ? schemes[0] : null;
  const value = { ...(zones !== null && { availabilityZones: zones }), ...(scheme && { scheme }) };
  return {
    key: "network",
    about: "In how many zones every service has subnets, and whom the load balancer faces.",
    flat: true,
    value: Object.keys(value).length === 0 ? undefined : value,
    notes: doubt === null ? [] : [`availabilityZones is left out: ${doubt}.`],
  };
}

/** The zones that every service spans. Whoever states them also asks for more than one way out. */
function zonesOf(material: Material): { readonly zones: number | null; readonly doubt: string | null } {
  const networked = allOf(material, services).flatMap(({ name, network }) => (network ? [{ name, ids: network.subnets }] : []));
  const spans = networked.map(({ name, ids }) => ({ name, own: ids.flatMap((id) => oneOf(material, subnets, id) ?? []), ids }));
  if (spans.length === 0 || spans.some(({ own, ids }) => own.length < ids.length)) return { zones: null, doubt: null };

  const counts = spans.map(({ name, own }) => ({ name, zones: new Set(own.map(({ zone }) => zone)).size }));
  const alone = counts.find(({ zones }) => zones < 2);
  if (alone) return { zones: null, doubt: `${alone.name} stands in one zone` };
  const narrow = spans.find(({ own }) => leaveAsOne(material, own));
  if (narrow) return { zones: null, doubt: `the zones of ${narrow.name} all leave through one NAT gateway` };
  return { zones: Math.min(...counts.map(({ zones }) => zones)), doubt: null };
}

function leaveAsOne(material: Material, own: readonly Subnet[]): boolean {
  const ways = own.map(({ id, vpc }) => {
    const table = tableOf(oneOf(material, routeTables, vpc) ?? [], id);
    return (table && routeTo(table, internet)?.via) ?? null;
  });
  const gateways = own.flatMap(({ vpc }) => oneOf(material, natGateways, vpc) ?? []);
  return gateways.some(({ id }) => ways.every((via) => via === id));
}
