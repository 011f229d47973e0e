import { storesNamed } from "../facts/store-hosts.ts";
import { taskDefinitions } from "../facts/task-definitions.ts";
import { defineSection } from "../section.ts";

/** The caches whose hosts the plain environment of task definitions names. A host that is a secret is not seen. */
export default defineSection({
  section: "caches",
  from: [taskDefinitions],
  fills: ["caches"],

  find: (look) => ({ caches: Object.fromEntries(storesNamed("cache", look(taskDefinitions)).map((name) => [name, {}])) }),
});
