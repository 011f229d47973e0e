import { defineCheck, each, type Finding, fail, on, pass, pending, skip } from "../src/check.ts";
import { deadEndsOf, listed, type Trip, throughOf, tripsOf } from "../src/diagnosis/trips.ts";
import type { Ground } from "../src/facts/egress.ts";
import { internetGateways } from "../src/facts/internet-gateways.ts";
import { natGateways } from "../src/facts/nat-gateways.ts";
import { networkAcls } from "../src/facts/network-acls.ts";
import { routeTables } from "../src/facts/route-tables.ts";
import { securityGroups } from "../src/facts/security-groups.ts";
import { revisionsOf, services } from "../src/facts/services.ts";
import { destinationsOf, fetchesItself } from "../src/facts/start-up.ts";
import { subnets } from "../src/facts/subnets.ts";
import { taskDefinitions } from "../src/facts/task-definitions.ts";
import { vpcEndpoints } from "../src/facts/vpc-endpoints.ts";

export default defineCheck({
  title: "Tasks can reach what they need to start",
  why: "A task that cannot fetch its image and its secrets never starts, and the minutes until it says so are minutes of an outage.",
  severity: "blocker",
  about: subnets,
  needs: [subnets, services, taskDefinitions, routeTables, natGateways, internetGateways, vpcEndpoints, securityGroups, networkAcls],
  breaks: true,
  none: skip("no service has a network of its own"),

  evaluate({ id, vpc }, facts) {
    const ground: Ground = {
      vpc,
      tables: facts.routeTables.get(vpc),
      nats: facts.natGateways.get(vpc),
      internets: facts.internetGateways.get(vpc),
      endpoints: facts.vpcEndpoints.get(vpc),
      groups: facts.securityGroups.get(vpc),
      acls: facts.networkAcls.get(vpc),
    };
    const here = facts.subnets.all().filter((subnet) => subnet.vpc === vpc);
    const starting = facts.services.all().filter(fetchesItself);
    const trips = starting.flatMap((service) => {
      const wanted = revisionsOf(service).flatMap((arn) => facts.taskDefinitions.find(arn) ?? []);
      return tripsOf(service, wanted.flatMap(destinationsOf), here, ground);
    });
    // What several subnets share is at fault once, and told with the first of them.
    const first = (through: string) => trips.find(({ way }) => throughOf(way) === through)?.subnet.id === id;
    const ends = deadEndsOf(trips, ground).filter(({ subject }) => first(subject));
    const waits = [...new Set(trips.flatMap(({ way }) => (way.outcome === "opening" ? [way.through] : [])))].filter(first);
    const own = judged(
      `subnet:${id}`,
      trips.filter(({ subnet }) => subnet.id === id),
    );
    const all = [
      ...(ends.some(({ subject }) => subject === `subnet:${id}`) ? [] : [own]),
      ...ends.map(({ subject, says, evidence, fix, cause }) => on(subject, fail(says, evidence, fix, cause), [])),
      ...waits.map((through) => on(through, pending("is still being made", { state: "pending" }), [])),
    ];
    return each(all, { none: () => own, some: (finding) => finding });
  },
});

function judged(subject: string, own: readonly Trip[]): Finding {
  if (own.length === 0) return skip("is one that nothing is fetched from: instances do it for their tasks, or these need nothing");
  const held = [...new Set(own.flatMap(({ way }) => throughOf(way) ?? []))];
  if (held.length > 0) return on(subject, skip(`is not judged before ${listed(held)} is`), held);
  const unsure = own.find(({ way }) => way.outcome === "undecided");
  if (unsure?.way.outcome === "undecided")
    return skip(`may have a way to ${unsure.destination.name}, which descriptions do not decide: ${unsure.way.why}`);
  const ways = Object.fromEntries(own.flatMap(({ destination, way }) => (way.outcome === "open" ? [[destination.name, way.through]] : [])));
  return pass(`has a way to ${listed(Object.keys(ways))}`, { ways });
}
