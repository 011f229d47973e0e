import { type Material, notFound, type Part } from "../part.ts";

/** The topics that alarms must notify. */
export function notificationsPart(material: Material): Part {
  const { config, meant } = material;
  const found = config.notifications?.topics ?? [];
  // A topic that no alarm notifies is that of the alarms where there is no other.
  const planned = meant.notified.length > 0 ? meant.notified : meant.topics.length === 1 && found.length === 0 ? meant.topics : [];
  const topics = [...new Set([...found, ...planned])].sort();
  const added = topics.filter((topic) => !found.includes(topic));
  return {
    key: "notifications",
    about: "Every alarm above must notify one of these, and somebody must be subscribed.",
    value: topics.length === 0 ? undefined : { topics },
    notes: [
      ...notFound(material, "notifications"),
      ...(added.length > 0 ? [`Terraform's, and notified by no alarm that is deployed: ${added.join(", ")}.`] : []),
    ],
  };
}
