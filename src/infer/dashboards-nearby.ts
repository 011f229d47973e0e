import { nearbyDashboards } from "../facts/nearby-dashboards.ts";
import { defineSection } from "../section.ts";

/** The dashboards that are called after the stack. */
export default defineSection({
  section: "dashboards",
  from: [nearbyDashboards],
  fills: ["dashboards"],
  early: true,

  find: (look) => ({ dashboards: look(nearbyDashboards).flatMap(({ names }) => names) }),
});
