import { isTopic } from "../facts/alarm-types.ts";
import { nearbyAlarms } from "../facts/nearby-alarms.ts";
import { topicName } from "../facts/topics.ts";
import { defineSection } from "../section.ts";

/** The topics that the inferred alarms notify; none are said to be meant where an alarm tells somebody in another way. */
export default defineSection({
  section: "notifications",
  from: [nearbyAlarms],
  fills: [],
  after: ["alarms"],

  find(look, { alarms }) {
    const own = look(nearbyAlarms).flatMap((all) => all.alarms.filter(({ name }) => Object.hasOwn(alarms, name)));
    const acting = own.map(({ actions }) => actions).filter((actions) => actions.length > 0);
    if (acting.length === 0 || acting.some((actions) => !actions.some(isTopic))) return {};
    return { notifications: { topics: [...new Set(acting.flat().filter(isTopic).map(topicName))].sort() } };
  },
});
