import { scalableTargets } from "../../facts/scalable-targets.ts";
import { services } from "../../facts/services.ts";
import { groupsOf } from "../../facts/target-groups.ts";
import { type Material, namesOf, notFound, oneOf, type Part, readingOf, reasonOf, unread } from "../part.ts";

/** The services, with the tasks that each is meant to run and the host and path that lead to it. */
export function servicesPart(material: Material): Part {
  const names = namesOf(material.config.services);
  const written = names.map((name) => [name, serviceIn(material, name)] as const);
  return {
    key: "services",
    about: "What is meant to run: at least so many tasks, once scaled up; and the host and path that lead there.",
    value: Object.fromEntries(written.map(([name, { value }]) => [name, value])),
    remarks: Object.fromEntries(written.map(([name, { remarks }]) => [name, remarks])),
    notes: notFound(material, "routes"),
  };
}

function serviceIn(material: Material, name: string) {
  const { config, meant } = material;
  const { host, path, port } = config.services[name] ?? {};
  const service = oneOf(material, services, name);
  const { desiredCount, remarks } = tasksOf(material, name);
  const planned = host === undefined && service ? groupsOf(service).flatMap((group) => meant.hosts[group] ?? [])[0] : undefined;
  return {
    value: {
      ...(desiredCount !== null && { desiredCount }),
      ...(host !== undefined && { host }),
      ...(planned !== undefined && { host: planned }),
      ...(path !== undefined && { path }),
      ...(port !== undefined && { port }),
    },
    remarks: [...remarks, ...(planned === undefined ? [] : ["The host is Terraform's: no rule that is deployed leads here yet."])],
  };
}

/** A service at rest says nothing of how many tasks are meant: Terraform may, and whoever reads the file. */
function tasksOf(material: Material, name: string): { desiredCount: number | null; remarks: readonly string[] } {
  const planned = material.meant.services[name]?.desiredCount ?? null;
  const reading = readingOf(material, services, name);
  const service = oneOf(material, services, name);
  if (!service) {
    const remark =
      reading?.state === "unknown"
        ? `Could not be read: ${reasonOf({ subject: name, reading })}.`
        : "Not deployed yet: Terraform means it to be.";
    return { desiredCount: planned, remarks: [remark] };
  }
  if (service.scheduling === "DAEMON") return { desiredCount: null, remarks: ["One task on each instance."] };
  const scaled = oneOf(material, scalableTargets, name);
  const blind = unread(material, scalableTargets, name);
  // What auto-scaling may take away again is not meant to stay.
  if (scaled && scaled.min > 0)
    return {
      desiredCount: Math.min(scaled.min, service.desired || scaled.min),
      remarks: [`Auto-scaling keeps it between ${scaled.min} and ${scaled.max}.`],
    };
  if (service.desired > 0 && !scaled) {
    const differs = planned !== null && planned !== service.desired;
    return { desiredCount: service.desired, remarks: [...(differs ? [`Terraform says desired_count = ${planned}.`] : []), ...blind] };
  }
  if (planned) return { desiredCount: planned, remarks: ["At rest when this was written: so many are Terraform's desired_count."] };
  const why = service.desired > 0 ? `Auto-scaling may take it down to ${scaled?.min}` : "At rest when this was written";
  return { desiredCount: null, remarks: [`${why}: state desiredCount, how many tasks it is meant to run.`] };
}
