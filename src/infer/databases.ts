import { storesNamed } from "../facts/store-hosts.ts";
import { taskDefinitions } from "../facts/task-definitions.ts";
import { defineSection } from "../section.ts";

/** The databases whose hosts the plain environment of task definitions names. A host that is a secret is not seen. */
export default defineSection({
  section: "databases",
  from: [taskDefinitions],
  fills: ["databases"],

  find: (look) => ({ databases: Object.fromEntries(storesNamed("database", look(taskDefinitions)).map((name) => [name, {}])) }),
});
