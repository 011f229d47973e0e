import { clusterServices } from "../facts/cluster-services.ts";
import { defineSection } from "../section.ts";

/** All services of the cluster. */
export default defineSection({
  section: "services",
  from: [clusterServices],
  fills: ["services", "serviceDeployments", "tasks", "scalableTargets"],
  early: true,

  find: (look) => ({
    services: Object.fromEntries(look(clusterServices).flatMap((cluster) => cluster.services.map((name) => [name, {}]))),
  }),
});
