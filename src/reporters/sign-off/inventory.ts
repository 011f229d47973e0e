import { type Block, cell, type Section } from "./blocks.ts";
import { inventory } from "./inventory-table.ts";
import { readingsOf, type Stand } from "./readings.ts";
import { storesTables } from "./stores.ts";

/** What is deployed: services with what they run, how they are reached, and what they lean on. */
export function inventorySection(stand: Stand): Section {
  const blocks = [...servicesTable(stand), ...imagesTable(stand), ...balancersTable(stand), ...endpointsTable(stand)];
  return {
    id: "inventory",
    title: "What is deployed",
    blocks: [...blocks, ...storesTables(stand)],
  };
}

function servicesTable(stand: Stand): readonly Block[] {
  const { services } = stand.config;
  const definitions = readingsOf(stand, "taskDefinitions");
  const head = ["service", "tasks", "task definition", "size of a task", "containers", "reached at"];
  return inventory("Services", head, readingsOf(stand, "services"), ({ name, desired, running, pending, taskDefinition, launchType }) => {
    const definition = taskDefinition === null ? null : definitions.find(taskDefinition);
    const { host, path, port } = services[name] ?? {};
    const containers = definition?.containers.map((one) => `${one.name}: ${one.image}`).join("; ");
    const platform = definition ? `${definition.platform.os.toLowerCase()} ${definition.platform.architecture.toLowerCase()}` : "";
    const size = definition ? `${sizeOf(definition.cpu, definition.memory)}, ${platform}` : "not known";
    const tasks = desired === 0 ? cell("0, at rest", "aside") : cell(`${running} of ${desired}`, running === desired ? "good" : "bad");
    return [
      name,
      { ...tasks, text: `${tasks.text}${pending > 0 ? `, ${pending} starting` : ""}` },
      taskDefinition === null ? "none" : (taskDefinition.split("/").at(-1) ?? taskDefinition),
      launchType === null ? size : `${size}, ${launchType}`,
      containers ?? "not known",
      host === undefined ? "not stated" : `${host}${port === undefined ? "" : `:${port}`}${path ?? "/"}`,
    ];
  });
}

function sizeOf(cpu: number | null, memory: number | null): string {
  const parts = [cpu === null ? "" : `${cpu / 1024} vCPU`, memory === null ? "" : `${memory / 1024} GiB`];
  return parts.filter((part) => part !== "").join(", ") || "by container";
}

const imagesTable = (stand: Stand) =>
  inventory("Images", ["image", "digest", "pushed", "tags"], readingsOf(stand, "images"), (image, name) => {
    if (image.elsewhere !== null) return [name, image.elsewhere, "", ""];
    return [name, image.digest, image.pushedAt?.slice(0, 10) ?? "not known", image.tags.join(", ") || "none"];
  });

function balancersTable(stand: Stand): readonly Block[] {
  const listeners = readingsOf(stand, "listeners");
  const head = ["load balancer", "state", "scheme and type", "zones", "name in DNS", "listens on"];
  return inventory("Load balancers", head, readingsOf(stand, "loadBalancers"), ({ name, arn, state, scheme, type, zones, dns }) => [
    name,
    cell(state, state === "active" ? "good" : "open"),
    `${scheme ?? "no scheme"}, ${type}`,
    zones.join(", "),
    dns ?? "none",
    (listeners.find(arn) ?? listeners.find(name))?.listeners.map(({ protocol, port }) => `${protocol} ${port}`).join(", ") ?? "not known",
  ]);
}

const endpointsTable = (stand: Stand) =>
  inventory("Endpoints", ["endpoint", "answers", "URL", "host", "service"], readingsOf(stand, "endpoints"), (one, name) => {
    const { url, host, service, attempts, expected } = one;
    const right = attempts.filter(({ fault }) => fault === null).length;
    const last = attempts.at(-1);
    const seen = last?.status ?? last?.fault ?? "nothing";
    const says =
      right >= expected.successes ? `as expected, ${last?.ms ?? 0} ms` : `as expected ${right} of ${attempts.length} times, last ${seen}`;
    return [name, cell(says, last?.fault === null ? "good" : "open"), url, host ?? "as in the URL", service ?? "not stated"];
  });
