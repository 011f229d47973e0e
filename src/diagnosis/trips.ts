import { type Ground, type Way, wayTo } from "../facts/egress.ts";
import type { Service } from "../facts/services.ts";
import type { Destination } from "../facts/start-up.ts";
import type { Subnet } from "../facts/subnets.ts";
import { type DeadEnd, deadEnd, subjectOf } from "./dead-ends.ts";

/** How the tasks of a service that stand in a subnet get to a destination. */
export interface Trip {
  readonly subnet: Subnet;
  readonly service: Service;
  readonly destination: Destination;
  readonly way: Way;
}

/** The ways that the tasks of a service take out of each of its subnets. */
export function tripsOf(service: Service, destinations: readonly Destination[], here: readonly Subnet[], ground: Ground): readonly Trip[] {
  const { subnets: ids = [], securityGroups: groups = [], publicIp = false } = service.network ?? {};
  const tasks = { account: service.arn.split(":")[4] ?? "", groups, publicIp };
  const each = [...new Map(destinations.map((one) => [one.name, one])).values()];
  return here
    .filter(({ id }) => ids.includes(id))
    .flatMap((subnet) => each.map((destination) => ({ subnet, service, destination, way: wayTo(destination, subnet, tasks, ground) })));
}

/** What a way is stopped by, or waits for. */
export const throughOf = (way: Way) => (way.outcome === "closed" ? subjectOf(way.fault) : way.outcome === "opening" ? way.through : null);

/** What stops tasks, each once, with all that it stops. */
export function deadEndsOf(
  trips: readonly Trip[],
  ground: Ground,
): readonly (DeadEnd & { readonly subject: string; readonly cause: string })[] {
  const closed = trips.flatMap(({ way, ...trip }) => (way.outcome === "closed" ? [{ ...trip, fault: way.fault }] : []));
  const bySubject = Map.groupBy(closed, (one) => subjectOf(one.fault));
  return [...bySubject].flatMap(([subject, all]) => {
    const [first] = all;
    if (!first) return [];
    const destinations = [...new Map(all.map(({ destination }) => [destination.name, destination])).values()];
    const names = [...new Set(all.map(({ service }) => service.name))];
    const end = deadEnd(first.fault, ground, { service: first.service, destinations });
    const says = `${end.says}, so that ${listed(names)} cannot reach ${listed(destinations.map(({ name }) => name))}`;
    return [{ ...end, subject, says, cause: causeOf(destinations) }];
  });
}

/** Secrets are fetched first, then images; where logs go is asked last. */
function causeOf(destinations: readonly Destination[]): string {
  const wanted = destinations.map(({ service }) => service);
  if (wanted.some((service) => service === "secretsmanager" || service === "ssm")) return "secrets-unreachable-network";
  return wanted.every((service) => service === "logs") ? "logs-unreachable-network" : "image-registry-unreachable";
}

/** Words as a sentence lists them. */
export const listed = (words: readonly string[]) =>
  words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
