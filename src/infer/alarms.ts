import { isOurs, type Stack } from "../facts/dimensions.ts";
import { type NearbyAlarm, nearbyAlarms } from "../facts/nearby-alarms.ts";
import { targetGroups } from "../facts/target-groups.ts";
import { taskDefinitions } from "../facts/task-definitions.ts";
import { defineSection } from "../section.ts";

/** The alarms whose dimensions name something of the stack and nothing of another's; and those that are made of them. */
export default defineSection({
  section: "alarms",
  // Which stores are the stack's is known from its task definitions.
  from: [targetGroups, taskDefinitions, nearbyAlarms],
  fills: ["alarms"],
  after: ["databases", "caches"],

  find(look, config) {
    if (config.inferred.includes("databases") || config.inferred.includes("caches")) look(taskDefinitions);
    const groups = look(targetGroups);
    const all = look(nearbyAlarms).flatMap(({ alarms }) => alarms);
    const own = all.filter((alarm) => isAbout(alarm, { config, groups: () => groups }));
    const madeOfThem = all.filter(({ rule }) => own.some(({ name }) => rule?.includes(`"${name}"`) || rule?.includes(`(${name})`)));
    return { alarms: Object.fromEntries([...own, ...madeOfThem].map(({ name }) => [name, {}])) };
  },
});

function isAbout({ dimensions, scales }: NearbyAlarm, stack: Stack): boolean {
  const names = dimensions.map(({ name, value }) => ({ name, ours: isOurs(name, value, stack) }));
  // Services of many clusters share a name.
  const telling = names.filter(({ name }) => name !== "ServiceName");
  return !scales && telling.some(({ ours }) => ours === true) && names.every(({ ours }) => ours !== false);
}
